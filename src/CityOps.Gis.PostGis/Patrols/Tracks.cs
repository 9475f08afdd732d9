using CityOps.Gis.Access;
using CityOps.Gis.Patrols;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Patrols;

/// <summary>Tracks (轨迹): takes the caller's own, and gives those that he may see.</summary>
/// <param name="zone">The city's, for its days.</param>
public sealed class Tracks(CallerDatabase database, TimeZoneInfo zone)
{
    // Between points that lie further apart, in time or place, nobody knows the way. As in cityops.refresh_visit_day.
    const string GoesOn = "lead(at) over in_time - at <= interval '3 minutes' and ST_Distance(geom::geography, (lead(geom) over in_time)::geography) <= 300";

    /// <summary>Keeps the points that are new; returns how many. When this is done they are on disk. In any order, and as often as one likes: a moment of a person is one point.</summary>
    /// <exception cref="InvalidOperationException">The caller is nobody in particular.</exception>
    public async Task<int> Take(IReadOnlyList<TrackFix> fixes, CancellationToken cancel = default)
    {
        if (Caller.Current.Id is null)
            throw new InvalidOperationException("A track is somebody's.");
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = new NpgsqlCommand("select cityops.take_track($1, $2, $3, $4, $5, $6, $7)", connection);
        (object Value, NpgsqlDbType Type)[] values =
        [
            (Caller.Current.Name, NpgsqlDbType.Text), (OwnCodes(), NpgsqlDbType.Array | NpgsqlDbType.Text), (fixes.Select(fix => fix.At.UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
            (fixes.Select(fix => fix.Longitude).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double), (fixes.Select(fix => fix.Latitude).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double),
            (fixes.Select(fix => (float?)fix.AccuracyMeters).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real), (zone.Id, NpgsqlDbType.Text),
        ];
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>
    /// A person's track of a day, a GeoJSON geometry (RFC 7946, MultiLineString) in degrees (EPSG:4490) for each run without a gap, with when it begins and ends. Who looks at the track of somebody
    /// else stands in the audit log.
    /// </summary>
    public async Task<IReadOnlyList<(string Line, DateTimeOffset From, DateTimeOffset To)>> Of(string person, DateOnly day, CancellationToken cancel = default)
    {
        var (from, to) = CityDay.Of(day, zone);
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = new NpgsqlCommand($"""
            with step as (
                select at, geom, coalesce({GoesOn}, false) as goes_on from cityops.track_point where person_id = $1 and at >= $2 and at < $3 and coalesce(accuracy_m, 0) <= 100 window in_time as (order by at)
            ), run as (
                select at, geom, count(*) filter (where not came_on) over (order by at) as number from (select *, coalesce(lag(goes_on) over (order by at), false) as came_on from step) one
            )
            select ST_AsGeoJSON(ST_MakeLine(geom order by at), 6), min(at), max(at) from run group by number having count(*) > 1 order by number
            """, connection) { Parameters = { new() { Value = person }, new() { Value = from }, new() { Value = to } } };
        var lines = new List<(string, DateTimeOffset, DateTimeOffset)>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                lines.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2)));
        if (person != Caller.Current.Id && lines.Count > 0)
            await AuditLog.Write(connection, new(AuditKind.TrackRead, person, After: new { day }), cancel);
        return lines;
    }

    // A department is no place.
    static string[] OwnCodes() => Caller.Current.Scope is { } scope ? [.. scope.Districts, .. scope.Subdistricts, .. scope.Communities, .. scope.Grids] : [];
}
