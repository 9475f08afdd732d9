using System.Collections.Concurrent;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// One label point per polygon, where it has most room: tiles would repeat a district's name in each of them. For layers that are labelled from afar,
/// which are small enough to be sent whole.
/// </summary>
public sealed class LayerLabels(NpgsqlDataSource database)
{
    readonly ConcurrentDictionary<string, (long Version, string GeoJson)> _known = [];

    public static bool Serves(LayerDefinition layer) => layer is { Geometry: GeometryKind.Polygon, Style.Label: not null, Zooms.LabelsFrom: < 16 };

    /// <summary>A GeoJSON FeatureCollection (RFC 7946) of points with the property <c>label</c>.</summary>
    public async Task<string> Of(LayerDefinition layer, long version, CancellationToken cancel = default)
    {
        if (_known.TryGetValue(layer.Id, out var known) && known.Version == version)
            return known.GeoJson;
        await using var command = database.CreateCommand($"""
            select jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(jsonb_build_object(
                'type', 'Feature', 'id', fid, 'geometry', ST_AsGeoJSON((ST_MaximumInscribedCircle(geom)).center, 6)::jsonb,
                'properties', jsonb_build_object('label', {SqlName.Quote(layer.Style.Label!)}))), '[]'))::text
            from {SqlName.Table(layer.Id)}
            where {SqlName.Quote(layer.Style.Label!)} is not null and not ST_IsEmpty(geom) and ST_IsValid(geom)
            """);
        var geoJson = (string)(await command.ExecuteScalarAsync(cancel))!;
        _known[layer.Id] = (version, geoJson);
        return geoJson;
    }
}
