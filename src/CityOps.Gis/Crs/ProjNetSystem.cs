using System.Collections.Frozen;
using CityOps.Gis.Layers;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace CityOps.Gis.Crs;

/// <summary>Makes ProjNET's projection for one of our definitions. Only projections whose results were held against PROJ's <c>cs2cs</c> are let through.</summary>
static class ProjNetSystem
{
    public const string WebMercator = "popular_visualisation_pseudo-mercator";

    static readonly FrozenSet<string> Checked = new[]
    {
        "transverse_mercator", "lambert_conformal_conic_2sp", "albers_conic_equal_area", "mercator_1sp", WebMercator,
    }.ToFrozenSet();

    /// <summary>Why the system has no projection here; null when it has one or needs none.</summary>
    public static LocalText? Fault(CrsDefinition crs)
        => crs.IsGeographic || Checked.Contains(crs.Projection ?? "")
            ? null
            : new($"不支持坐标系“{crs.Name}”的投影“{crs.Projection}”，请改用 CGCS2000（EPSG:4490 或高斯-克吕格分带）交付。",
                $"The projection '{crs.Projection}' of '{crs.Name}' is not supported; deliver in CGCS2000 (EPSG:4490 or a Gauss–Krüger zone).");

    public static MathTransform Projection(CrsDefinition crs, bool isForward)
    {
        var projected = (ProjectedCoordinateSystem)new CoordinateSystemFactory().CreateFromWkt(crs.ToWkt());
        var factory = new CoordinateTransformationFactory();
        return isForward
            ? factory.CreateFromCoordinateSystems(projected.GeographicCoordinateSystem, projected).MathTransform
            : factory.CreateFromCoordinateSystems(projected, projected.GeographicCoordinateSystem).MathTransform;
    }
}
