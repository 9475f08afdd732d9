using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Queries;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Views;

/// <summary>A layer's numbers of the day, grid by grid.</summary>
public sealed class GridFigures(CallerDatabase source)
{
    /// <summary>Does the layer hold nothing at all?</summary>
    public async Task<bool> IsEmpty(LayerDefinition layer, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select not exists (select from {SqlName.Table(layer.Id)})");
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>
    /// By grid code, how many of the features that a question finds answer each figure of the layer, in its order; of a layer without figures, how many there are. A grid
    /// without any is absent. One pass over the features of the grids, which an index leads to.
    /// </summary>
    /// <param name="grids">At least one code.</param>
    /// <param name="now">What <c>{now}</c> stands for in a figure.</param>
    public async Task<IReadOnlyDictionary<string, long[]>> Of(LayerDefinition layer, IReadOnlyList<string> grids, DateTimeOffset now, CancellationToken cancel = default)
    {
        var query = new FeatureQuery(layer.Id) { Grids = grids };
        var filter = QueryCompiler.Compile(layer, query);
        var conditions = layer.Figures.Select(figure => figure.At(layer, now).Filter ?? throw new InvalidOperationException($"Figure {figure.Id} of layer {layer.Id} has a filter that cannot be read."))
            .Select(one => new CqlSql(filter).Condition(one.Normal)).DefaultIfEmpty("true").ToList();
        await using var command = filter.Command(source, $"""
            select grid_code, {string.Join(", ", conditions.Select(condition => $"count(*) filter (where {condition})"))}
            from {QueryCompiler.Source(layer, query, filter)} where {filter.Where} group by grid_code
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var figures = new Dictionary<string, long[]>();
        while (await reader.ReadAsync(cancel))
            figures[reader.GetString(0)] = [.. Enumerable.Range(1, conditions.Count).Select(reader.GetInt64)];
        return figures;
    }
}
