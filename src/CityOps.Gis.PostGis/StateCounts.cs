using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis;

/// <summary>How many features of a layer there are by their status.</summary>
static class StateCounts
{
    /// <summary>Those without a status under an empty text; nothing where the layer is not there.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Of(CallerDatabase database, LayerDefinition? layer, Func<LayerDefinition, SqlFilter> compile, CancellationToken cancel)
    {
        var counts = new Dictionary<string, long>();
        if (layer is null)
            return counts;
        var filter = compile(layer);
        await using var command = filter.Command(database, $"select coalesce(status, ''), count(*) from {SqlName.Table(layer.Id)} where {filter.Where} group by 1");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }
}
