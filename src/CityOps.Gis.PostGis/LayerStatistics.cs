using System.Collections.Concurrent;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis;

/// <summary>How many features of a layer the caller sees and where they are; counted again only after the layer has changed.</summary>
public sealed class LayerStatistics(CallerDatabase database)
{
    readonly ConcurrentDictionary<(string LayerId, JurisdictionScope? Scope), (long Version, long Count)> _counts = [];

    /// <summary>Features of each layer, removed ones left out; a layer without a table is absent.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Counts(LayerCatalog catalog, CancellationToken cancel = default)
    {
        var counts = new Dictionary<string, long>();
        foreach (var (id, version) in await Versions(cancel))
            if (catalog.Find(id) is { } layer)
                counts[id] = await Count(layer, version, cancel);
        return counts;
    }

    /// <summary>Grows with every change of a layer; empty layers are absent until their table is made.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Versions(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select id, version from cityops.layer");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var versions = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancel))
            versions[reader.GetString(0)] = reader.GetInt64(1);
        return versions;
    }

    /// <summary>Box of a layer's features in degrees (EPSG:4490), of the first 100,000 where there are more; null when it has none.</summary>
    public async Task<(double West, double South, double East, double North)?> Extent(LayerDefinition layer, CancellationToken cancel = default)
    {
        if (layer.Geometry == GeometryKind.None)
            return null;
        var filter = QueryCompiler.Compile(layer, new(layer.Id));
        await using var command = filter.Command(database, $"""
            select ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
            from (select ST_Extent(part.geom) as box from (select geom from {SqlName.Table(layer.Id)} where {filter.Where} limit 100000) part) whole
            where box is not null
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)) : null;
    }

    async Task<long> Count(LayerDefinition layer, long version, CancellationToken cancel)
    {
        var query = new FeatureQuery(layer.Id);
        if (_counts.TryGetValue((layer.Id, query.Scope), out var known) && known.Version == version)
            return known.Count;
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(database, $"select count(*) from {SqlName.Table(layer.Id)} where {filter.Where}");
        var count = (long)(await command.ExecuteScalarAsync(cancel))!;
        _counts[(layer.Id, query.Scope)] = (version, count);
        return count;
    }
}
