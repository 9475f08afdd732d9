using System.Globalization;

namespace CityOps.Gis.Crs;

/// <summary>Understands a PROJ string (<c>+proj=tmerc +lon_0=117 +x_0=500000 +ellps=GRS80</c>) as a reference system.</summary>
static class ProjText
{
    static readonly Dictionary<string, string> ParameterNames = new()
    {
        ["lat_0"] = "latitude_of_origin", ["lon_0"] = "central_meridian", ["k"] = "scale_factor", ["k_0"] = "scale_factor",
        ["x_0"] = "false_easting", ["y_0"] = "false_northing", ["lat_1"] = "standard_parallel_1",
        ["lat_2"] = "standard_parallel_2", ["lat_ts"] = "standard_parallel_1",
    };

    static readonly Dictionary<string, string> Methods = new()
    {
        ["tmerc"] = "transverse_mercator", ["utm"] = "transverse_mercator", ["lcc"] = "lambert_conformal_conic", ["aea"] = "albers", ["merc"] = "mercator_1sp",
    };

    public static CrsDefinition? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimStart('+').Split('=', 2))
            .GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.First().ElementAtOrDefault(1) ?? "");
        if (!words.TryGetValue("proj", out var projection) || projection.Length == 0 || Geographic(words, text) is not { } geographic)
            return null;
        if (projection is "longlat" or "latlong" or "lonlat" or "latlon")
            return geographic;
        if (projection == "merc" && words.ContainsKey("nadgrids"))
            return CrsCatalog.Find(3857);
        return Projected(words, projection, geographic, text);
    }

    static CrsDefinition Projected(Dictionary<string, string> words, string projection, CrsDefinition geographic, string text)
    {
        var unit = Number(words, "to_meter") ?? words.GetValueOrDefault("units") switch { "us-ft" => 1200.0 / 3937, "ft" => 0.3048, "km" => 1000, _ => 1 };
        var parameters = new Dictionary<string, double>();
        foreach (var (word, name) in ParameterNames)
            if (Number(words, word) is { } value)
                parameters[name] = name.StartsWith("false", StringComparison.Ordinal) ? value / unit : value; // PROJ's x_0 and y_0 are metres
        if (projection == "utm" && Number(words, "zone") is { } zone)
            parameters = new(CrsCatalog.TransverseMercator(zone * 6 - 183, 500_000, words.ContainsKey("south") ? 1e7 : 0, 0.9996));
        parameters.TryAdd("central_meridian", 0);
        var method = projection == "merc" && words.ContainsKey("lat_ts") ? "mercator_2sp" : Methods.GetValueOrDefault(projection, projection);
        return WktCrs.Crs(geographic, text.Length > 80 ? text[..80] : text, null, method, parameters, unit);
    }

    static CrsDefinition? Geographic(Dictionary<string, string> words, string text)
    {
        (double A, double Rf)? ellipsoid = (words.GetValueOrDefault("ellps") ?? words.GetValueOrDefault("datum") ?? "WGS84") switch
        {
            "WGS84" => (6378137, 298.257223563),
            "GRS80" or "NAD83" => (6378137, 298.257222101),
            "krass" => (6378245, 298.3),
            "IAU76" => (6378140, 298.257),
            _ => Number(words, "a") is { } a ? (a, Number(words, "rf") ?? 0) : null,
        };
        if (ellipsoid is not { } found)
            return null;
        var name = words.GetValueOrDefault("datum") ?? "unknown";
        var shift = words.GetValueOrDefault("towgs84")?.Split(',')
            .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var value) ? value : 0).ToArray();
        return new()
        {
            Name = text.Length > 80 ? text[..80] : text,
            Datum = CrsDatum.Of(name, "", found.A, found.Rf),
            DatumName = name,
            IsGeographic = true,
            SemiMajor = found.A,
            InverseFlattening = found.Rf,
            PrimeMeridian = Number(words, "pm") ?? 0,
            ToWgs84 = shift is { Length: 3 or 7 }
                ? DatumShift.Space(shift[0], shift[1], shift[2], At(shift, 3), At(shift, 4), At(shift, 5), At(shift, 6))
                : null,
        };
    }

    static double At(double[] values, int index) => index < values.Length ? values[index] : 0;

    static double? Number(Dictionary<string, string> words, string name)
        => words.TryGetValue(name, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
