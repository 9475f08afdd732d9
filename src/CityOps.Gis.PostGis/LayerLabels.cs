using System.Collections.Concurrent;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis;

/// <summary>One label point per polygon, where it has most room: tiles would repeat a district's name in each of them.</summary>
public sealed class LayerLabels(CallerDatabase database)
{
    /// <summary>Most labels in an answer for a box; more would not be readable.</summary>
    public const int MostInBox = 1000;

    readonly ConcurrentDictionary<(string LayerId, JurisdictionScope? Scope), (long Version, string GeoJson)> _known = [];

    public static bool Serves(LayerDefinition layer) => layer is { Geometry: GeometryKind.Polygon, Style.Label: not null };

    /// <summary>True for layers that are labelled from afar: they are small enough to be sent whole.</summary>
    public static bool ServesWhole(LayerDefinition layer) => Serves(layer) && layer.Zooms.LabelsFrom < 16;

    /// <summary>A GeoJSON FeatureCollection (RFC 7946) of points with the property <c>label</c>.</summary>
    /// <param name="version">The layer's version; an answer is made again only for a new one.</param>
    public async Task<string> Whole(LayerDefinition layer, long version, CancellationToken cancel = default)
    {
        var query = new FeatureQuery(layer.Id);
        if (_known.TryGetValue((layer.Id, query.Scope), out var known) && known.Version == version)
            return known.GeoJson;
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(database, Sql(layer, filter.Where));
        var geoJson = (string)(await command.ExecuteScalarAsync(cancel))!;
        _known[(layer.Id, query.Scope)] = (version, geoJson);
        return geoJson;
    }

    /// <summary>As <see cref="Whole"/>, for the polygons that touch a box (degrees, EPSG:4490).</summary>
    public async Task<string> Within(LayerDefinition layer, (double West, double South, double East, double North) box, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, new(layer.Id));
        filter.And($"geom && {QueryCompiler.Envelope(filter, box)}");
        await using var command = filter.Command(database, Sql(layer, $"{filter.Where} limit {MostInBox}"));
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    static string Sql(LayerDefinition layer, string condition) => $"""
        select jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(jsonb_build_object(
            'type', 'Feature', 'id', fid, 'geometry', ST_AsGeoJSON((ST_MaximumInscribedCircle(geom)).center, 6)::jsonb,
            'properties', jsonb_build_object('label', label))), '[]'))::text
        from (
            select fid, geom, {SqlName.Quote(layer.Style.Label!)} as label from {SqlName.Table(layer.Id)}
            where {SqlName.Quote(layer.Style.Label!)} is not null and not ST_IsEmpty(geom) and ST_IsValid(geom) and {condition}
        ) labelled
        """;
}
