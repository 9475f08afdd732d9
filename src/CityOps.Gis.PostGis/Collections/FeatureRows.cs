using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>
/// Reads the features that answer a question as rows of a table: by number, where a page costs the same however far into the layer; or sorted, which the caller
/// allows only where few answer, since all of them are sorted for each page.
/// </summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeatureRows(CallerDatabase source)
{
    /// <summary>The features after one of them, in the order of their numbers.</summary>
    public Task<IReadOnlyList<Feature>> After(LayerDefinition layer, FeatureQuery query, long? fid, int limit, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var from = QueryCompiler.Source(layer, query, filter);
        if (fid is { } after)
            filter.And($"fid > {filter.Value(after)}");
        return Read(layer, filter, $"select * from {from} where {filter.Where} order by fid limit {filter.Value((long)limit)}", cancel);
    }

    /// <summary>The features in the order of a column, without the first <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentException">The layer has no such column.</exception>
    public Task<IReadOnlyList<Feature>> Sorted(LayerDefinition layer, FeatureQuery query, RowOrder order, long offset, int limit, CancellationToken cancel = default)
    {
        if (!RowOrder.Knows(layer, order.Column))
            throw new ArgumentException($"Layer {layer.Id} has no column '{order.Column}' to sort by.", nameof(order));
        var filter = QueryCompiler.Compile(layer, query);
        var from = QueryCompiler.Source(layer, query, filter);
        return Read(layer, filter, $"""
            select * from {from} where {filter.Where}
            order by {SqlName.Quote(order.Column)} {(order.IsDescending ? "desc" : "asc")} nulls last, fid limit {filter.Value((long)limit)} offset {filter.Value(offset)}
            """, cancel);
    }

    /// <summary>
    /// The features that were found elsewhere, by their keys and as far as they answer, in the order of a column or of their numbers; null where the layer's version is another
    /// than the one they were found at.
    /// </summary>
    public async Task<IReadOnlyList<Feature>?> Of(
        LayerDefinition layer, FeatureQuery query, IReadOnlyList<FeatureKey> keys, long version, RowOrder? order, long offset, int limit, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var (fids, districts) = (filter.Value(keys.Select(key => key.Fid).ToArray()), filter.Value(keys.Select(key => key.District).ToArray()));
        var isKey = layer.Partitioned ? "one.fid = key.fid and one.district_code = key.district" : "one.fid = key.fid";
        var by = order is { } column ? $"{SqlName.Quote(column.Column)} {(column.IsDescending ? "desc" : "asc")} nulls last, " : "";
        // The inner "offset 0" keeps the planner from asking the place index instead of the keys.
        var found = await Read(layer, filter, $"""
            select page.* from (select one.* from unnest({fids}, {districts}) as key (fid, district), lateral (select * from {SqlName.Table(layer.Id)} one where {isKey} offset 0) one
                where (select version from cityops.layer where id = {filter.Value(layer.Id)}) = {filter.Value(version)} offset 0) page
            where {filter.Where} order by {by}fid limit {filter.Value((long)limit)} offset {filter.Value(offset)}
            """, cancel);
        return found.Count > 0 || await VersionOf(layer, cancel) == version ? found : null;
    }

    async Task<long> VersionOf(LayerDefinition layer, CancellationToken cancel)
    {
        var values = new SqlFilter();
        await using var command = values.Command(source, $"select version from cityops.layer where id = {values.Value(layer.Id)}");
        return await command.ExecuteScalarAsync(cancel) is long version ? version : 0;
    }

    async Task<IReadOnlyList<Feature>> Read(LayerDefinition layer, SqlFilter filter, string sql, CancellationToken cancel)
    {
        await using var command = filter.Command(source, sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var features = new List<Feature>();
        while (await reader.ReadAsync(cancel))
            features.Add(FeatureStore.Read(layer, reader));
        return features;
    }
}
