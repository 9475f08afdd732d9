namespace CityOps.Gis.Crs;

/// <summary>Understands a tree of well-known text, generation 1 (OGC, ESRI) or 2 (ISO 19162), as a reference system.</summary>
static class WktCrs
{
    static readonly Dictionary<string, string> ParameterNames = new()
    {
        ["latitude_of_natural_origin"] = "latitude_of_origin",
        ["latitude_of_false_origin"] = "latitude_of_origin",
        ["latitude_of_center"] = "latitude_of_origin",
        ["longitude_of_natural_origin"] = "central_meridian",
        ["longitude_of_false_origin"] = "central_meridian",
        ["longitude_of_center"] = "central_meridian",
        ["scale_factor_at_natural_origin"] = "scale_factor",
        ["easting_at_false_origin"] = "false_easting",
        ["northing_at_false_origin"] = "false_northing",
        ["latitude_of_1st_standard_parallel"] = "standard_parallel_1",
        ["latitude_of_2nd_standard_parallel"] = "standard_parallel_2",
    };

    public static CrsDefinition? Read(WktNode root)
        => root.Keyword switch
        {
            "COMPD_CS" or "COMPOUNDCRS" or "BOUNDCRS" or "SOURCECRS" => root.Children.Select(Read).FirstOrDefault(found => found is not null),
            "GEOGCS" or "GEOGCRS" or "GEODCRS" or "GEOGRAPHICCRS" or "GEODETICCRS" => Geographic(root),
            "PROJCS" or "PROJCRS" or "PROJECTEDCRS" => Projected(root),
            _ => null,
        };

    static CrsDefinition? Geographic(WktNode node)
    {
        var datum = node.Find("DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE");
        var spheroid = datum?.Find("SPHEROID", "ELLIPSOID");
        if (datum is null || spheroid?.Number(1) is not { } a || spheroid.Number(2) is not { } rf || a < 6e6 || a > 7e6 || rf is not (0 or > 200 and < 400))
            return null;
        var degrees = (node.Find("UNIT", "ANGLEUNIT")?.Number(1) ?? Unit(node.Find("AXIS"))?.Number(1) ?? Math.PI / 180) * 180 / Math.PI;
        return new()
        {
            Epsg = Authority(node),
            Name = node.Name,
            Datum = CrsDatum.Of(datum.Name, node.Name, a, rf),
            DatumName = datum.Name,
            IsGeographic = true,
            UnitToDegrees = Math.Abs(degrees - 1) < 1e-6 ? 1 : degrees,
            PrimeMeridian = node.Find("PRIMEM", "PRIMEMERIDIAN")?.Number(1) ?? 0,
            SemiMajor = a,
            InverseFlattening = rf,
            ToWgs84 = ToWgs84(datum.Find("TOWGS84")),
        };
    }

    static WktNode? Unit(WktNode? axis) => axis?.Find("UNIT", "ANGLEUNIT", "LENGTHUNIT");

    static CrsDefinition? Projected(WktNode node)
    {
        var conversion = node.Find("CONVERSION") ?? node;
        var method = conversion.Find("PROJECTION", "METHOD")?.Name;
        if (node.Find("GEOGCS", "BASEGEOGCRS", "BASEGEODCRS") is not { } within || Geographic(within) is not { } geographic || method is null)
            return null;
        var parameters = new Dictionary<string, double>();
        foreach (var one in conversion.Children.Where(child => child.Keyword == "PARAMETER"))
            if (one.Number(1) is { } value)
                parameters[ParameterNames.GetValueOrDefault(CrsText.Normal(one.Name), CrsText.Normal(one.Name))] = value;
        if (node.Find("EXTENSION")?.Values.LastOrDefault()?.Contains("nadgrids=@null", StringComparison.Ordinal) == true)
            method = "popular_visualisation_pseudo_mercator"; // GDAL's way to say in WKT 1 that the sphere is meant
        return Crs(geographic, node.Name, Authority(node), method, parameters, (node.Find("UNIT", "LENGTHUNIT") ?? Unit(node.Find("AXIS")))?.Number(1) ?? 1);
    }

    /// <summary>A projected system on a geographic one, its projection under ProjNET's name.</summary>
    public static CrsDefinition Crs(
        CrsDefinition geographic, string name, int? epsg, string method, Dictionary<string, double> parameters, double unitToMeters)
        => geographic with
        {
            Epsg = epsg,
            Name = name,
            Datum = CrsDatum.IsXiamen92(name, parameters, geographic) ? "xiamen92" : geographic.Datum,
            IsGeographic = false,
            Projection = Projection(CrsText.Normal(method), parameters, geographic),
            Parameters = parameters,
            UnitToMeters = unitToMeters,
        };

    static string Projection(string method, Dictionary<string, double> parameters, CrsDefinition geographic)
    {
        switch (method)
        {
            case "transverse_mercator" or "gauss_kruger" or "gauss_krueger":
                return "transverse_mercator";
            case "mercator_auxiliary_sphere" or "popular_visualisation_pseudo_mercator":
                return ProjNetSystem.WebMercator;
            case "albers" or "albers_equal_area" or "albers_conic_equal_area":
                return "albers_conic_equal_area";
            case "mercator" or "mercator_2sp" or "mercator_variant_b":
                SetScaleOfParallel(parameters, geographic);
                return "mercator_1sp";
            case "mercator_1sp" or "mercator_variant_a":
                return "mercator_1sp";
            case "lambert_conformal_conic_2sp" or "lambert_conic_conformal_2sp":
                return "lambert_conformal_conic_2sp";
            case "lambert_conformal_conic" or "lambert_conformal_conic_1sp" or "lambert_conic_conformal_1sp" when OneParallel(parameters):
                return "lambert_conformal_conic_2sp";
            default:
                return method;
        }
    }

    /// <summary>
    /// Mercator that is true on a parallel is Mercator with that parallel's scale on the equator (ProjNET reads only the scale).
    /// </summary>
    static void SetScaleOfParallel(Dictionary<string, double> parameters, CrsDefinition geographic)
    {
        if (!parameters.Remove("standard_parallel_1", out var degrees))
            return;
        var flattening = geographic.InverseFlattening == 0 ? 0 : 1 / geographic.InverseFlattening;
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        parameters["scale_factor"] = cos / Math.Sqrt(1 - flattening * (2 - flattening) * sin * sin);
    }

    /// <summary>A cone on one parallel at full scale is the cone on two equal parallels; true when the parameters now name two.</summary>
    static bool OneParallel(Dictionary<string, double> parameters)
    {
        if (parameters.ContainsKey("standard_parallel_2"))
            return true;
        if (Math.Abs(parameters.GetValueOrDefault("scale_factor", 1) - 1) > 1e-12)
            return false;
        parameters.TryAdd("standard_parallel_1", parameters.GetValueOrDefault("latitude_of_origin"));
        parameters["standard_parallel_2"] = parameters["standard_parallel_1"];
        return true;
    }

    static DatumShift? ToWgs84(WktNode? node)
    {
        if (node is null)
            return null;
        var values = Enumerable.Range(0, 7).Select(i => node.Number(i) ?? 0).ToArray();
        return DatumShift.Space(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    static int? Authority(WktNode node)
        => node.Find("AUTHORITY", "ID") is { } id && id.Name.Equals("EPSG", StringComparison.OrdinalIgnoreCase) && id.Number(1) is { } code ? (int)code : null;
}
