using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Pages;

/// <summary>The feature that a map shows in its panel.</summary>
/// <param name="IsGone">It exists no longer; this is its last version.</param>
public sealed record SelectedFeature(LayerDefinition Layer, Feature Feature, JurisdictionNames.Names Names, bool IsGone)
{
    public FeatureId Id => new(Layer.Id, Feature.Fid);

    /// <summary>URL of its GeoJSON, another one for each version; null where it has no place.</summary>
    public string? Url => Feature.Geometry is null || IsGone ? null : FormattableString.Invariant($"/api/layers/{Layer.Id}/features/{Feature.Fid}?v={Feature.ValidFrom.ToUnixTimeMilliseconds()}");

    /// <summary>Where it stands, if it is a point.</summary>
    public Point? Point => Feature.Geometry as Point is { IsEmpty: false } point ? point : null;

    /// <summary>Its box, if it is a line or a polygon.</summary>
    public MapBounds? Bounds
        => Feature.Geometry is { Dimension: not Dimension.Point, EnvelopeInternal: { IsNull: false } box } ? new(box.MinX, box.MinY, box.MaxX, box.MaxY) : null;
}
