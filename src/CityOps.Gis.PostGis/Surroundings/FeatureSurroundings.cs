using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>What lies near a feature, and what refers to it by its key.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeatureSurroundings(CallerDatabase source)
{
    /// <summary>Features of a layer that answer a question with a circle, the nearest first.</summary>
    /// <param name="query">Has <see cref="FeatureQuery.Near"/>; everything else of it holds too, so that a list, a count and a map of the same question agree.</param>
    /// <param name="except">Number of the feature in the middle, where it is of this layer.</param>
    public Task<SurroundingFeatures> Near(LayerDefinition layer, FeatureQuery query, long? except, int most, CancellationToken cancel = default)
    {
        var near = query.Near ?? throw new ArgumentException("The question has no circle.", nameof(query));
        var filter = QueryCompiler.Compile(layer, query);
        if (except is { } fid)
            filter.And($"fid <> {filter.Value(fid)}");
        var place = $"ST_SetSRID(ST_MakePoint({filter.Value(near.Longitude)}, {filter.Value(near.Latitude)}), {LayerTable.StoredSrid})::geography";
        return Read(layer, filter, QueryCompiler.Source(layer, query, filter), $"ST_Distance(geom::geography, {place})", "_meters, fid", most, cancel);
    }

    /// <summary>Features of a layer whose reference field holds a key, the youngest first.</summary>
    /// <param name="field">A field of the layer with <see cref="LayerField.References"/>.</param>
    public Task<SurroundingFeatures> Referring(LayerDefinition layer, LayerField field, string key, int most, CancellationToken cancel = default)
    {
        var query = new FeatureQuery(layer.Id);
        var filter = QueryCompiler.Compile(layer, query);
        filter.And(field.Type == FieldType.List
            ? $"{SqlName.Quote(field.Name)} @> array[{filter.Value(key)}]::text[]"
            : $"{SqlName.Quote(field.Name)} = {filter.Value(key)}");
        return Read(layer, filter, QueryCompiler.Source(layer, query, filter), "null::float8", "occurred_at desc nulls last, fid desc", most, cancel);
    }

    // All that answer are counted while the first are sorted out: they are few, and were read for it anyway. A field of a layer begins with a letter, so the names that do not are free.
    async Task<SurroundingFeatures> Read(LayerDefinition layer, SqlFilter filter, string from, string meters, string order, int most, CancellationToken cancel)
    {
        await using var command = filter.Command(source, $"""
            select *, count(*) over () as _all from (select *, {meters} as _meters from {from} where {filter.Where}) found order by {order} limit {most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (count, first) = (0L, new List<SurroundingFeature>());
        var (distance, all) = (reader.GetOrdinal("_meters"), reader.GetOrdinal("_all"));
        while (await reader.ReadAsync(cancel))
        {
            count = reader.GetInt64(all);
            first.Add(new(FeatureStore.Read(layer, reader), reader.IsDBNull(distance) ? null : reader.GetDouble(distance)));
        }
        return new(count, first);
    }
}
