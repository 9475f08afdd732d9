using CityOps.Gis.Crs;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Patrols;

/// <summary>
/// Days of patrols: attendance of people and coverage of unit grids, as far as the caller of the flow sees them. What has come since somebody asked last is worked out first
/// (<c>cityops.refresh_visits</c>).
/// </summary>
/// <param name="zone">The city's, for its days.</param>
/// <param name="plane">EPSG code of the projected system in which metres are measured; null = the 3° zone of CGCS2000 that the city lies in.</param>
public sealed class PatrolDays(CallerDatabase database, SpineTree spine, TimeZoneInfo zone, int? plane)
{
    /// <summary>Grids in a list.</summary>
    public const int MostGrids = 2_000;

    // What is seen of the day; a person alone, or everybody.
    const string Seen = "day = $1 and ($2 is null or person_id = $2)";

    /// <summary>Everybody who was seen, who was longest in grids first.</summary>
    public async Task<IReadOnlyList<Attendance>> People(DateOnly day, CancellationToken cancel = default)
    {
        await using var connection = await Refreshed(day, cancel);
        await using var command = Asking(connection, $"""
            select person_id, max(who), min(first_at), max(last_at), sum(minutes), min(first_at) filter (where is_own), max(last_at) filter (where is_own),
                case when bool_or(is_own is not null) then coalesce(sum(minutes) filter (where is_own), 0) end, sum(meters), count(*)::int, (count(*) filter (where is_own))::int
            from cityops.grid_visit where {Seen} group by person_id order by sum(minutes) desc, person_id
            """, day, null);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var people = new List<Attendance>();
        while (await reader.ReadAsync(cancel))
            people.Add(new(reader.GetString(0), reader.GetString(1), Time(reader, 2), Time(reader, 3), reader.GetDouble(4), Time(reader, 5), Time(reader, 6), reader.IsDBNull(7) ? null : reader.GetDouble(7), reader.GetDouble(8), reader.GetInt32(9), reader.GetInt32(10)));
        return people;
    }

    /// <summary>
    /// Unit grids that tracks came near to, the least covered last; with them, not visited, the others of their communities, so that what was left out is seen.
    /// </summary>
    /// <param name="person">Null for everybody together: what two people walked counts once.</param>
    public async Task<IReadOnlyList<GridCoverage>> Grids(DateOnly day, string? person, CancellationToken cancel = default)
    {
        await using var connection = await Refreshed(day, cancel);
        await using var command = Asking(connection, $"""
            {Coverage} select grid.code, grid.name, coalesce(share, 0), coalesce(minutes, 0), coalesce(meters, 0), coalesce(people, 0)::int, first_at, last_at from grid left join covered on covered.grid_code = grid.code
            order by coalesce(share, 0) desc, grid.code limit {MostGrids}
            """, day, person);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var grids = new List<GridCoverage>();
        while (await reader.ReadAsync(cancel))
            grids.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetInt32(5), Time(reader, 6), Time(reader, 7)));
        return grids;
    }

    /// <summary>The outlines of the same grids with their shares: GeoJSON geometries (RFC 7946) in degrees (EPSG:4490).</summary>
    public async Task<IReadOnlyList<(string Code, double Share, string Outline)>> Outlines(DateOnly day, string? person, CancellationToken cancel = default)
    {
        await using var connection = await Refreshed(day, cancel);
        await using var command = Asking(connection, $"""
            {Coverage} select grid.code, coalesce(share, 0), ST_AsGeoJSON(grid.geom, 6) from grid left join covered on covered.grid_code = grid.code where grid.geom is not null order by coalesce(share, 0) desc, grid.code limit {MostGrids}
            """, day, person);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var outlines = new List<(string, double, string)>();
        while (await reader.ReadAsync(cancel))
            outlines.Add((reader.GetString(0), reader.GetDouble(1), reader.GetString(2)));
        return outlines;
    }

    // Of one visit the share is known; where several people were, their ways are laid over each other.
    static readonly string Coverage = $"""
        with covered as (
            select grid_code, case count(*) when 1 then max(share) else least(1, coalesce(ST_Area(ST_Union(reach)) / nullif(max(ST_Area(reach) / nullif(share, 0)), 0), 0)) end as share,
                sum(minutes) as minutes, sum(meters) as meters, count(*) as people, min(first_at) as first_at, max(last_at) as last_at
            from cityops.grid_visit where {Seen} group by grid_code
        ), grid as (
            select distinct on (one.code) one.code, one.name, one.geom from gis.unit_grids one
            where (one.begin_date is null or one.begin_date <= $1) and (one.end_date is null or one.end_date > $1) and one.status is distinct from '作废'
              and left(one.code, 12) in (select left(grid_code, 12) from covered) order by one.code, one.begin_date desc nulls last
        )
        """;

    async Task<NpgsqlConnection> Refreshed(DateOnly day, CancellationToken cancel)
    {
        var connection = await PersonConnection.Open(database, cancel);
        try
        {
            if (await Plane(cancel) is { } known)
                await Refresh(connection, day, zone, known, cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Works out a day, as the product does it when it has ended; how many people's.</summary>
    public async Task<int> Refresh(DateOnly day, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await Plane(cancel) is { } known ? await Refresh(connection, day, zone, known, cancel) : 0;
    }

    static async Task<int> Refresh(NpgsqlConnection connection, DateOnly day, TimeZoneInfo zone, int plane, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select cityops.refresh_visits($1, $2, $3)", connection) { CommandTimeout = 0, Parameters = { new() { Value = day }, new() { Value = zone.Id }, new() { Value = plane } } };
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    // A city without districts has no place, and no grids.
    async Task<int?> Plane(CancellationToken cancel) => plane ?? (await spine.City(cancel) is { } city ? CrsCatalog.Zone3(city.Centre.X).Epsg : null);

    static NpgsqlCommand Asking(NpgsqlConnection connection, string sql, DateOnly day, string? person)
        => new(sql, connection) { Parameters = { new() { Value = day }, new() { Value = (object?)person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } } };

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
