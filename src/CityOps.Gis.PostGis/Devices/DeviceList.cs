using System.Text.Json;
using CityOps.Gis.Devices;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>How devices stand now, as far as the caller of the flow sees them.</summary>
public sealed class DeviceList(CallerDatabase database, LayerCatalog catalog)
{
    /// <summary>Devices on a page.</summary>
    public const int PageSize = 100;

    /// <summary>Those in alarm first, then the offline ones, then by id.</summary>
    /// <param name="page">From 0 on.</param>
    public async Task<IReadOnlyList<DeviceNow>> Page(DeviceQuestion question, int page = 0, CancellationToken cancel = default)
        => Layer is not { } layer ? [] : await Read(Compile(layer, question),
            $"order by case status when 'alarm' then 0 when 'offline' then 1 else 2 end, device_id limit {PageSize} offset {(long)Math.Max(page, 0) * PageSize}", cancel);

    /// <summary>One device; null where the caller sees none.</summary>
    public async Task<DeviceNow?> Find(long fid, CancellationToken cancel = default)
    {
        if (Layer is not { } layer)
            return null;
        var filter = Compile(layer, new());
        filter.And($"fid = {filter.Value(fid)}");
        return (await Read(filter, "", cancel)).FirstOrDefault();
    }

    /// <summary>How many there are by state, whichever state is asked for; those that have never reported under an empty text.</summary>
    public Task<IReadOnlyDictionary<string, long>> Counts(DeviceQuestion question, CancellationToken cancel = default) => StateCounts.Of(database, Layer, layer => Compile(layer, question with { State = null }), cancel);

    LayerDefinition? Layer => catalog.Find(DeviceTables.LayerId);

    static SqlFilter Compile(LayerDefinition layer, DeviceQuestion question)
    {
        var query = new FeatureQuery(layer.Id) { Statuses = question.State is { } state ? [DeviceStates.Code(state)] : [], Text = string.IsNullOrWhiteSpace(question.Text) ? null : question.Text };
        var filter = QueryCompiler.Compile(layer, SpineTree.Within(query, question.Area));
        if (question.Kind is { } kind)
            filter.And($"kind = {filter.Value(kind)}");
        return filter;
    }

    // The devices first, so that the state is looked up for those of the page alone.
    async Task<IReadOnlyList<DeviceNow>> Read(SqlFilter filter, string part, CancellationToken cancel)
    {
        await using var command = filter.Command(database, $"""
            select one.fid, one.device_id, one.name, one.kind, one.status, stands.since, stands.received_at, stands.at, coalesce(stands.is_online, false), stands.readings, one.grid_code, one.district_code, ST_X(one.geom), ST_Y(one.geom)
            from (select row_number() over () as place, page.* from (select fid, device_id, name, kind, status, grid_code, district_code, geom from {SqlName.Table(DeviceTables.LayerId)} where {filter.Where} {part}) page) one
            left join devices.state stands on stands.fid = one.fid order by one.place
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var devices = new List<DeviceNow>();
        while (await reader.ReadAsync(cancel))
            devices.Add(Device(reader));
        return devices;
    }

    static DeviceNow Device(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        double Degrees(int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);
        return new(row.GetInt64(0), row.GetString(1), Text(2), Text(3) ?? "", DeviceStates.Find(Text(4)), Time(5), Time(6), Time(7), row.GetBoolean(8), Readings(Text(9)), Text(10), Text(11), Degrees(12), Degrees(13));
    }

    internal static IReadOnlyDictionary<string, double> Readings(string? json) => json is null ? new Dictionary<string, double>() : JsonSerializer.Deserialize<Dictionary<string, double>>(json)!;
}
