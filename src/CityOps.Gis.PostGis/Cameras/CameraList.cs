using CityOps.Gis.Access;
using CityOps.Gis.Cameras;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>Cameras as they stand now, as far as the caller of the flow sees them; streams and pictures for those who may watch.</summary>
public sealed class CameraList(CallerDatabase database, LayerCatalog catalog)
{
    /// <summary>Cameras on a page.</summary>
    public const int PageSize = 60;

    /// <summary>By id.</summary>
    /// <param name="page">From 0 on.</param>
    public async Task<IReadOnlyList<CameraNow>> Page(CameraQuestion question, int page = 0, CancellationToken cancel = default)
        => Layer is not { } layer ? [] : await Read(layer, Compile(layer, question), $"order by camera_id, fid limit {PageSize} offset {(long)Math.Max(page, 0) * PageSize}", cancel);

    /// <summary>One camera; null where the caller sees none.</summary>
    public async Task<CameraNow?> Find(long fid, CancellationToken cancel = default) => (await Find([fid], cancel)).FirstOrDefault();

    /// <summary>Those of some that the caller sees, in the order of the numbers.</summary>
    public async Task<IReadOnlyList<CameraNow>> Find(IReadOnlyList<long> fids, CancellationToken cancel = default)
    {
        if (Layer is not { } layer || fids.Count == 0)
            return [];
        var filter = Compile(layer, new());
        filter.And($"fid = any({filter.Value(fids.ToArray())})");
        var found = (await Read(layer, filter, "", cancel)).ToDictionary(one => one.Fid);
        return [.. fids.Where(found.ContainsKey).Select(fid => found[fid])];
    }

    /// <summary>How many there are by state, whichever is asked for; those without under an empty text.</summary>
    public Task<IReadOnlyDictionary<string, long>> Counts(CameraQuestion question, CancellationToken cancel = default) => StateCounts.Of(database, Layer, layer => Compile(layer, question with { State = null }), cancel);

    LayerDefinition? Layer => catalog.Find(CameraTables.LayerId);

    static SqlFilter Compile(LayerDefinition layer, CameraQuestion question)
        => QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Statuses = question.State is { } state ? [state] : [], Text = string.IsNullOrWhiteSpace(question.Text) ? null : question.Text });

    async Task<IReadOnlyList<CameraNow>> Read(LayerDefinition layer, SqlFilter filter, string part, CancellationToken cancel)
    {
        var mayWatch = Caller.Current.May(Permission.WatchCameras);
        await using var command = filter.Command(database, $"""
            select one.fid, one.camera_id, one.name, one.status, ST_X(one.geom), ST_Y(one.geom), one.direction, one.field_of_view, one.range_m, one.height_m, one.tilt,
                (select d.name from gis.departments d where d.code = one.department_code order by d.begin_date desc nulls last limit 1), {(mayWatch ? "one.stream_address" : "null::text")},
                {(mayWatch ? "(select at from cameras.snapshot s where s.fid = one.fid)" : "null::timestamptz")}, one.grid_code
            from (select * from {SqlName.Table(layer.Id)} where {filter.Where} {part}) one order by one.camera_id, one.fid
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var cameras = new List<CameraNow>();
        while (await reader.ReadAsync(cancel))
            cameras.Add(Camera(reader));
        return cameras;
    }

    static CameraNow Camera(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);
        double? Number(int column) => row.IsDBNull(column) || !double.IsFinite(row.GetDouble(column)) ? null : row.GetDouble(column);
        var (longitude, latitude) = (Number(4) ?? double.NaN, Number(5) ?? double.NaN);
        var view = Number(6) is { } direction && Number(7) is > 0 and { } opening && Number(8) is > 0 and { } range
            ? new CameraView(longitude, latitude, direction, Math.Min(opening, 360), Math.Min(range, CameraView.FarthestMeters)) : null;
        return new(row.GetInt64(0), row.GetString(1), Text(2), Text(3), longitude, latitude, view, Number(9) is > 0 and { } height && Number(10) is { } tilt ? new CameraMount(height, tilt) : null, Text(11), Text(12),
            row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13), Text(14));
    }
}
