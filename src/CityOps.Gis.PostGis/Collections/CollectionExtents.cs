using System.Collections.Concurrent;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>Extents of what the caller sees of layers, looked up again only after a layer has changed. For the whole city indexes answer, so that no rows are read.</summary>
public sealed class CollectionExtents(CallerDatabase source)
{
    readonly LayerBounds _bounds = new(source);
    readonly LayerStatistics _statistics = new(source);
    readonly ConcurrentDictionary<(string LayerId, JurisdictionScope? Scope), (long Version, CollectionExtent Extent)> _known = new();

    public async Task<IReadOnlyDictionary<string, CollectionExtent>> Of(IEnumerable<LayerDefinition> layers, CancellationToken cancel = default)
    {
        var versions = await _statistics.Versions(cancel);
        var extents = new Dictionary<string, CollectionExtent>();
        foreach (var layer in layers)
            extents[layer.Id] = await Of(layer, versions.GetValueOrDefault(layer.Id), cancel);
        return extents;
    }

    async Task<CollectionExtent> Of(LayerDefinition layer, long version, CancellationToken cancel)
    {
        var scope = Caller.Current.ScopeOn(layer.Id);
        if (_known.TryGetValue((layer.Id, scope), out var known) && known.Version == version)
            return known.Extent;
        var box = layer.Geometry == GeometryKind.None ? null : await _bounds.Of(layer, cancel);
        var (first, last) = layer.Find("occurred_at") is null ? (null, null) : await Times(layer, cancel);
        var extent = new CollectionExtent(box, first, last);
        _known[(layer.Id, scope)] = (version, extent);
        return extent;
    }

    async Task<(DateTimeOffset?, DateTimeOffset?)> Times(LayerDefinition layer, CancellationToken cancel)
    {
        var filter = QueryCompiler.Compile(layer, new(layer.Id));
        await using var command = filter.Command(source, $"select min(occurred_at), max(occurred_at) from {SqlName.Table(layer.Id)} where {filter.Where}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        return (Time(0), Time(1));
    }
}
