using System.Text.Json;
using CityOps.Gis.Access;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>Reads emergencies with their logs and tasks, as far as the caller of the flow has to do with them.</summary>
public sealed class EmergencyList(CallerDatabase source)
{
    /// <summary>Emergencies that a list holds at most.</summary>
    public const int Most = 100;

    // $1: id of the caller. Of departments and grids a scope says whose they are.
    const string IsMine = "coalesce(case when addressee = 'person' then code = $1 else current_setting('role', true) = 'cityops_caller' and command.is_mine(addressee, code) end, false)";
    const string TaskColumns = "number, at, addressee, code, name, said, who, state, answered_at, answered_by, answer, " + IsMine;
    const string Columns = "id, title, opened_at, who, closed_at, closed_by, report, figures::text";

    /// <summary>Those that are open first, then the last that were.</summary>
    public Task<IReadOnlyList<Emergency>> All(CancellationToken cancel = default) => Read($"true order by closed_at desc nulls first, opened_at desc limit {Most}", [], cancel);

    public Task<IReadOnlyList<Emergency>> Open(CancellationToken cancel = default) => Read("closed_at is null order by opened_at desc", [], cancel);

    public async Task<Emergency?> Find(long id, CancellationToken cancel = default) => (await Read("id = $1", [id], cancel)).FirstOrDefault();

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<EmergencyEntry>> Log(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select number, at, kind, who, said, state from command.entry where emergency = $1 order by number desc");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var entries = new List<EmergencyEntry>();
        while (await reader.ReadAsync(cancel))
            entries.Add(new(reader.GetInt32(0), Time(reader, 1)!.Value, reader.GetString(2), reader.GetString(3), reader.GetString(4), Text(reader, 5)));
        return entries;
    }

    /// <summary>In the order in which they were sent.</summary>
    public async Task<IReadOnlyList<EmergencyTask>> Tasks(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {TaskColumns} from command.task where emergency = $2 order by number");
        command.Parameters.Add(new() { Value = Caller.Current.Id ?? "" });
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tasks = new List<EmergencyTask>();
        while (await reader.ReadAsync(cancel))
            tasks.Add(TaskOf(reader));
        // Who commands the whole city answers for departments and grids, never for a person.
        if (Caller.Current is { Scope: null } me && me.May(Permission.CommandEmergencies))
            return [.. tasks.Select(task => task.To.Kind == Addressee.Person ? task : task with { IsMine = true })];
        return tasks;
    }

    /// <summary>Tasks of the emergencies that are on, which wait for the caller: as a person, for a department of his or for a grid that he looks after.</summary>
    public async Task<IReadOnlyList<EmergencyDuty>> Mine(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select {TaskColumns}, emergency, title from command.task join (select id, title from command.emergency where closed_at is null) e on e.id = emergency
            where state <> 'done' and {IsMine} order by at, emergency, number
            """);
        command.Parameters.Add(new() { Value = Caller.Current.Id ?? "" });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var duties = new List<EmergencyDuty>();
        while (await reader.ReadAsync(cancel))
            duties.Add(new(reader.GetInt64(12), reader.GetString(13), TaskOf(reader)));
        return duties;
    }

    /// <summary>Its area in degrees (EPSG:4490); null where the caller sees no such emergency.</summary>
    public async Task<Geometry?> Area(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select area from command.emergency where id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancel) as Geometry;
    }

    /// <summary>The same as GeoJSON (RFC 7946).</summary>
    public async Task<string?> Outline(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select ST_AsGeoJSON(area, 6) from command.emergency where id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    async Task<IReadOnlyList<Emergency>> Read(string which, object[] values, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select {Columns} from command.emergency where {which}");
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<Emergency>();
        while (await reader.ReadAsync(cancel))
            found.Add(new(reader.GetInt64(0), reader.GetString(1), Time(reader, 2)!.Value, reader.GetString(3), Time(reader, 4), Text(reader, 5), Text(reader, 6), Text(reader, 7) is { } json ? JsonSerializer.Deserialize<AreaFigures>(json) : null));
        return found;
    }

    static EmergencyTask TaskOf(NpgsqlDataReader row) => new(
        row.GetInt32(0), Time(row, 1)!.Value, new(row.GetString(2), row.GetString(3), row.GetString(4)), row.GetString(5), row.GetString(6), row.GetString(7), Time(row, 8), Text(row, 9), Text(row, 10), row.GetBoolean(11));

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
