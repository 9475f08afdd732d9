using CityOps.Gis.Access;
using CityOps.Gis.SpecialTasks;
using Npgsql;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>Reads special tasks as far as the caller of the flow sees their grids.</summary>
public sealed class SpecialTaskList(CallerDatabase source)
{
    /// <summary>Tasks that a list holds at most.</summary>
    public const int Most = 200;

    /// <summary>Grids on a page.</summary>
    public const int PageSize = 50;

    const string Columns = "id, title, brief, begins, ends, who, withdrawn_at";

    /// <summary>Those that run or come first, by their end; then those that are over, the last first.</summary>
    public async Task<IReadOnlyList<SpecialTask>> All(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand(Sql("true", "order by withdrawn_at is not null, ends < now() - interval '7 days', abs(extract(epoch from ends - now())), id", $"limit {Most}"));
        return await Read(command, cancel);
    }

    public async Task<SpecialTask?> Find(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand(Sql("one.id = $1"));
        command.Parameters.Add(new() { Value = id });
        return (await Read(command, cancel)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<SpecialItem>> Items(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select number, asked, class_code, needs_photo from special.item where task = $1 order by number");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var items = new List<SpecialItem>();
        while (await reader.ReadAsync(cancel))
            items.Add(new(reader.GetInt32(0), reader.GetString(1), Text(reader, 2), reader.GetBoolean(3)));
        return items;
    }

    /// <summary>Those that are not done first, by code.</summary>
    /// <param name="page">From 0 on.</param>
    public async Task<IReadOnlyList<SpecialGrid>> Grids(long id, int page, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select p.grid_code, grid.name, (select name from gis.communities c where c.code = left(p.grid_code, 12) limit 1),
                {(Caller.Current.May(Permission.SeeContacts) ? "(select worker_name from gis.management_grids m where p.grid_code = any(m.grid_codes) and worker_name is not null limit 1)" : "null::text")}, p.items, p.in_order, p.not_in_order, p.changed_at
            from special.progress p left join lateral (select name from gis.unit_grids g where g.code = p.grid_code limit 1) grid on true
            where p.task = $1 order by p.in_order + p.not_in_order = p.items, p.grid_code limit {PageSize} offset $2
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (long)Math.Max(page, 0) * PageSize });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var grids = new List<SpecialGrid>();
        while (await reader.ReadAsync(cancel))
            grids.Add(new(reader.GetString(0), Text(reader, 1), Text(reader, 2), Text(reader, 3), new(reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6)), Time(reader, 7)));
        return grids;
    }

    /// <summary>The checklist of a grid with how each item stands; none where the caller does not see the grid.</summary>
    public async Task<IReadOnlyList<ItemState>> Checklist(long id, string grid, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select item.number, item.asked, item.class_code, item.needs_photo, coalesce(last.state, 'open'), coalesce(last.number, 0), last.at, last.who, last.note, last.case_fid,
                array(select p.id from special.photo p where p.task = item.task and p.grid_code = grid.grid_code and p.item = item.number and p.number = last.number order by p.position)
            from special.grid grid join special.item item on item.task = grid.task
            left join lateral (select * from special.tick t where t.task = grid.task and t.grid_code = grid.grid_code and t.item = item.number order by t.number desc limit 1) last on true
            where grid.task = $1 and grid.grid_code = $2 order by item.number
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = grid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var items = new List<ItemState>();
        while (await reader.ReadAsync(cancel))
            items.Add(new(
                new(reader.GetInt32(0), reader.GetString(1), Text(reader, 2), reader.GetBoolean(3)), Gis.Cases.CaseCodes.Find<TickState>(reader.GetString(4))!.Value, reader.GetInt32(5), Time(reader, 6), Text(reader, 7),
                Text(reader, 8), reader.IsDBNull(9) ? null : reader.GetInt64(9), reader.GetFieldValue<Guid[]>(10)));
        return items;
    }

    /// <summary>The grids as GeoJSON (RFC 7946, degrees), each with the code of its progress.</summary>
    public async Task<IReadOnlyList<(string Code, string Outline, GridProgress Progress)>> Outlines(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select p.grid_code, ST_AsGeoJSON(grid.geom, 6), p.items, p.in_order, p.not_in_order
            from special.progress p join lateral (select geom from gis.unit_grids g where g.code = p.grid_code order by begin_date desc nulls last limit 1) grid on true where p.task = $1
            """);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var outlines = new List<(string, string, GridProgress)>();
        while (await reader.ReadAsync(cancel))
            outlines.Add((reader.GetString(0), reader.GetString(1), new(reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4))));
        return outlines;
    }

    /// <summary>Box of its grids in degrees (EPSG:4490); null where the caller sees none.</summary>
    public Task<(double West, double South, double East, double North)?> Bounds(long id, CancellationToken cancel = default) => Box("one.task = $1", cancel, id);

    /// <summary>Box of one of its grids.</summary>
    public Task<(double West, double South, double East, double North)?> Bounds(long id, string grid, CancellationToken cancel = default) => Box("one.task = $1 and one.grid_code = $2", cancel, id, grid);

    /// <summary>A place within one of its grids (degrees, EPSG:4490), where a case about it is; null where the caller does not see it.</summary>
    public async Task<(double Longitude, double Latitude)?> Middle(long id, string grid, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select ST_X(spot), ST_Y(spot) from (select ST_PointOnSurface(g.geom) as spot from special.grid one join gis.unit_grids g on g.code = one.grid_code where one.task = $1 and one.grid_code = $2 limit 1) found
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = grid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetDouble(0), reader.GetDouble(1)) : null;
    }

    /// <summary>A photo's bytes, JPEG; null where there is none that the caller sees.</summary>
    public async Task<byte[]?> Photo(Guid id, bool isSmall, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {(isSmall ? "small" : "bytes")} from special.photo where id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }

    async Task<(double West, double South, double East, double North)?> Box(string which, CancellationToken cancel, params object[] values)
    {
        await using var command = source.CreateCommand($"""
            select ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) from (select ST_Extent(g.geom) as box from special.grid one join gis.unit_grids g on g.code = one.grid_code where {which}) whole where box is not null
            """);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)) : null;
    }

    static string Sql(string which, string order = "", string limit = "") => $"""
        select {Columns}, p.grids, p.done, p.ticks, p.ticked, p.wrong
        from (select {Columns} from special.task one where {which} {order} {limit}) task
        cross join lateral (
            select count(*) as grids, count(*) filter (where in_order + not_in_order = items) as done, coalesce(sum(items), 0)::bigint as ticks, coalesce(sum(in_order + not_in_order), 0)::bigint as ticked,
                coalesce(sum(not_in_order), 0)::bigint as wrong
            from special.progress progress where progress.task = task.id
        ) p {order}
        """;

    static async Task<IReadOnlyList<SpecialTask>> Read(CallerCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tasks = new List<SpecialTask>();
        while (await reader.ReadAsync(cancel))
            tasks.Add(new(reader.GetInt64(0), reader.GetString(1), Text(reader, 2), Time(reader, 3)!.Value, Time(reader, 4)!.Value, reader.GetString(5), Time(reader, 6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9),
                reader.GetInt64(10), reader.GetInt64(11)));
        return tasks;
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
