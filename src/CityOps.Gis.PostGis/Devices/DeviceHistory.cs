using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>What devices reported in the past, as far as the caller of the flow sees the device.</summary>
public sealed class DeviceHistory(CallerDatabase database, LayerCatalog catalog)
{
    /// <summary>Readings in one answer.</summary>
    public const int Most = 10_000;
    static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);

    /// <summary>Readings of a time, the latest first.</summary>
    public async Task<IReadOnlyList<DeviceReading>> Of(long fid, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancel = default)
    {
        if (Seen(fid) is not var (filter, device))
            return [];
        await using var command = filter.Command(database, $"""
            select one.at, one.message, one.received_at, one.readings from devices.reading one
            where one.fid = ({device}) and one.at >= {filter.Value(from.UtcDateTime)} and one.at < {filter.Value(to.UtcDateTime)} order by one.at desc, one.message desc limit {Math.Clamp(limit, 1, Most)}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var readings = new List<DeviceReading>();
        while (await reader.ReadAsync(cancel))
            readings.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), DeviceList.Readings(reader.GetString(3))));
        return readings;
    }

    /// <summary>A quantity over a time in at most so many steps.</summary>
    public async Task<DeviceCurve> Curve(long fid, string quantity, DateTimeOffset from, DateTimeOffset to, int steps, CancellationToken cancel = default)
    {
        var step = TimeSpan.FromSeconds(Math.Max(s_least.TotalSeconds, Math.Ceiling((to - from).TotalSeconds / Math.Max(steps, 1))));
        if (Seen(fid) is not var (filter, device))
            return new(step, []);
        var (begin, name) = (filter.Value(from.UtcDateTime), filter.Value(quantity));
        await using var command = filter.Command(database, $"""
            select date_bin({filter.Value(step)}, one.at, {begin}), avg(value), min(value), max(value)
            from (select at, (readings ->> {name})::float8 as value from devices.reading where fid = ({device}) and at >= {begin} and at < {filter.Value(to.UtcDateTime)} and readings ? {name}) one
            group by 1 order by 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var curve = new List<CurveStep>();
        while (await reader.ReadAsync(cancel))
            curve.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)));
        return new(step, curve);
    }

    // The scope stands in the statement: a device outside gives no number, and no number no readings.
    (SqlFilter Filter, string Device)? Seen(long fid)
    {
        if (catalog.Find(DeviceTables.LayerId) is not { } layer)
            return null;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        filter.And($"fid = {filter.Value(fid)}");
        return (filter, $"select fid from {SqlName.Table(layer.Id)} where {filter.Where}");
    }
}
