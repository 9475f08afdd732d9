using System.Collections.Frozen;
using CityOps.Gis.Layers;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace CityOps.Gis.Crs;

/// <summary>
/// Makes ProjNET's projection for one of our definitions. Only projections whose results were held against PROJ's <c>cs2cs</c> are let
/// through.
/// </summary>
static class ProjNetSystem
{
    public const string WebMercator = "popular_visualisation_pseudo-mercator";

    /// <summary>Projections let through, with the parameters that each must have besides those that have a usual value.</summary>
    static readonly FrozenDictionary<string, string[]> Checked = new Dictionary<string, string[]>
    {
        ["transverse_mercator"] = ["central_meridian"],
        ["lambert_conformal_conic_2sp"] = ["central_meridian", "standard_parallel_1", "standard_parallel_2"],
        ["albers_conic_equal_area"] = ["central_meridian", "standard_parallel_1", "standard_parallel_2"],
        ["mercator_1sp"] = ["central_meridian"],
        [WebMercator] = [],
    }.ToFrozenDictionary();

    static readonly (string Name, double Value)[] Usual =
        [("central_meridian", 0), ("latitude_of_origin", 0), ("scale_factor", 1), ("false_easting", 0), ("false_northing", 0)];

    /// <summary>Why the system has no projection here; null when it has one or needs none.</summary>
    public static LocalText? Fault(CrsDefinition crs)
    {
        if (crs.IsGeographic)
            return crs.UnitToDegrees is > 0 and < 1000 ? null : Impossible(crs, "UNIT");
        if (crs.Projection is null || !Checked.TryGetValue(crs.Projection, out var required))
            return new($"不支持坐标系“{crs.Name}”的投影“{crs.Projection}”，请改用 CGCS2000（EPSG:4490 或高斯-克吕格分带）交付。",
                $"The projection '{crs.Projection}' of '{crs.Name}' is not supported; deliver in CGCS2000 (EPSG:4490 or a Gauss–Krüger zone).");
        if (required.FirstOrDefault(name => !crs.Parameters.ContainsKey(name)) is { } missing)
            return new($"坐标系“{crs.Name}”缺少参数 {missing}，请提供完整的 .prj。", $"'{crs.Name}' lacks the parameter {missing}; give a complete .prj.");
        if (crs.UnitToMeters is not (> 0 and < 1e6) || crs.UnitToDegrees != 1)
            return Impossible(crs, "UNIT");
        return crs.Parameters.FirstOrDefault(one => !IsPossible(one.Key, one.Value)).Key is { } name ? Impossible(crs, name) : null;
    }

    static LocalText Impossible(CrsDefinition crs, string name)
        => new($"坐标系“{crs.Name}”的参数 {name} 取值不合理，请核对 .prj。", $"The value of {name} in '{crs.Name}' is impossible; check the .prj.");

    static bool IsPossible(string name, double value) => name switch
    {
        "central_meridian" => Math.Abs(value) <= 360,
        "latitude_of_origin" or "standard_parallel_1" or "standard_parallel_2" => Math.Abs(value) < 90,
        "scale_factor" => value is > 0.1 and < 10,
        _ => Math.Abs(value) < 1e9,
    };

    public static MathTransform Projection(CrsDefinition crs, bool isForward)
    {
        var projected = (ProjectedCoordinateSystem)new CoordinateSystemFactory().CreateFromWkt(Completed(crs).ToWkt());
        var factory = new CoordinateTransformationFactory();
        return isForward
            ? factory.CreateFromCoordinateSystems(projected.GeographicCoordinateSystem, projected).MathTransform
            : factory.CreateFromCoordinateSystems(projected, projected.GeographicCoordinateSystem).MathTransform;
    }

    /// <summary>ProjNET insists on parameters that texts leave out when they have their usual value.</summary>
    static CrsDefinition Completed(CrsDefinition crs)
    {
        var parameters = new Dictionary<string, double>(crs.Parameters);
        foreach (var (name, value) in Usual)
            parameters.TryAdd(name, value);
        return crs with { Parameters = parameters, PrimeMeridian = 0 }; // CoordinateTransform adds the meridian
    }
}
