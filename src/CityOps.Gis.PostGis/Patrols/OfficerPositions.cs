using System.Collections.Concurrent;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis.Patrols;

/// <summary>
/// Where grid staff are now: the last point of each track. The caller of the flow sees his own, and with <see cref="Permission.SuperviseCases"/> those within his scope; that he looked at others
/// stands in the audit log, once in <see cref="Quiet"/>, as a page looks every few seconds.
/// </summary>
public sealed class OfficerPositions(CallerDatabase database)
{
    /// <summary>People in one answer.</summary>
    public const int Most = 1_000;

    /// <summary>For so long who looks again is not written down again.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<string, long> _written = new();

    /// <summary>Those who were seen since a moment, the latest first.</summary>
    /// <param name="box">Degrees (EPSG:4490); null for wherever they are.</param>
    public async Task<IReadOnlyList<OfficerPosition>> Since(DateTimeOffset moment, Envelope? box = null, CancellationToken cancel = default)
    {
        var filter = new SqlFilter();
        filter.And($"at >= {filter.Value(moment.UtcDateTime)}");
        if (box is not null)
            filter.And($"geom && ST_MakeEnvelope({filter.Value(box.MinX)}, {filter.Value(box.MinY)}, {filter.Value(box.MaxX)}, {filter.Value(box.MaxY)}, 4490)");
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = filter.Command(connection, $"""
            select person_id, who, at, ST_X(geom), ST_Y(geom), accuracy_m::double precision, grid_code from cityops.officer_position where {filter.Where} order by at desc, person_id limit {Most}
            """);
        var positions = new List<OfficerPosition>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                positions.Add(Read(reader));
        var others = positions.Count(one => one.PersonId != Caller.Current.Id);
        if (others > 0 && IsNew(Caller.Current))
            await AuditLog.Write(connection, new(AuditKind.PositionsRead, After: new { people = others }), cancel);
        return positions;
    }

    // By a clock that nobody sets.
    bool IsNew(Caller caller)
    {
        var (who, now) = ($"{caller.Id} {caller.Name}", Environment.TickCount64);
        var isNew = !_written.TryGetValue(who, out var last) || now - last >= Quiet.TotalMilliseconds;
        if (isNew)
            _written[who] = now;
        return isNew;
    }

    static OfficerPosition Read(NpgsqlDataReader row)
        => new(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetDouble(3), row.GetDouble(4), row.IsDBNull(5) ? null : row.GetDouble(5), row.IsDBNull(6) ? null : row.GetString(6));
}
