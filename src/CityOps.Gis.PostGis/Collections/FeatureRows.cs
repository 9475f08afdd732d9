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
