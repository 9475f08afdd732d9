using System.Globalization;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>Transactions of ten changed components: three new, four of another condition, two moved, one deleted. Its own rows, so that writers do not wait for each other's.</summary>
sealed class ChangeWriter : IAsyncDisposable
{
    readonly NpgsqlConnection _connection;
    readonly Random _random;
    readonly List<(long Fid, double X, double Y)> _known;
    readonly Queue<long> _own = [];

    ChangeWriter(NpgsqlConnection connection, int seed, List<(long, double, double)> known) => (_connection, _random, _known) = (connection, new(seed), known);

    public long Transactions { get; private set; }
    public long Rows { get; private set; }

    public static async Task<ChangeWriter> Open(string connectionString, int number, int writers)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var bulk = new NpgsqlCommand("set cityops.bulk = 'on'", connection))
            await bulk.ExecuteNonQueryAsync();
        return new(connection, number, await Known(connection, number, writers));
    }

    static async Task<List<(long, double, double)>> Known(NpgsqlConnection connection, int number, int writers)
    {
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select fid, ST_X(geom), ST_Y(geom) from gis.components tablesample system (5) repeatable (1) where ST_GeometryType(geom) = 'ST_Point' and fid % {writers} = {number} limit 20000
            """), connection);
        await using var reader = await command.ExecuteReaderAsync();
        var known = new List<(long, double, double)>();
        while (await reader.ReadAsync())
            known.Add((reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2)));
        return known;
    }

    /// <returns>One of the new features; its time is that of the commit's answer.</returns>
    public async Task<FollowBench.Probe> Transaction()
    {
        var near = Enumerable.Range(0, 3).Select(_ => _known[_random.Next(_known.Count)]).ToArray();
        var spots = near.Select(one => (X: one.X + _random.NextDouble() * 1e-4, Y: one.Y + _random.NextDouble() * 1e-4)).ToArray();
        await using var transaction = await _connection.BeginTransactionAsync();
        var fids = await Insert([.. near.Select(one => one.Fid)], [.. spots.Select(spot => spot.X)], [.. spots.Select(spot => spot.Y)]);
        Rows += fids.Count
            + await Run("update gis.components set status = case status when '完好' then '破损' else '完好' end where fid = any($1)", Some(4))
            + await Run("update gis.components set geom = ST_Translate(geom, 0.0001, 0.0001) where fid = any($1)", Some(2));
        if (_own.Count > 100)
            Rows += await Run("delete from gis.components where fid = any($1)", [_own.Dequeue()]);
        await Run("select cityops.touch_layer('components') where $1 is not null", []);
        await transaction.CommitAsync();
        Transactions++;
        fids.ForEach(_own.Enqueue);
        return FollowBench.Probe.Of(fids[0], spots[0].X, spots[0].Y);
    }

    long[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => _known[_random.Next(_known.Count)].Fid)];

    // Like their neighbours, a few metres away.
    async Task<List<long>> Insert(long[] like, double[] x, double[] y)
    {
        await using var command = new NpgsqlCommand("""
            insert into gis.components (code, name, class_code, status, district_code, subdistrict_code, community_code, grid_code, department_code, occurred_at, geom)
            select 'N' || nextval('gis.components_fid_seq'), name, class_code, '完好', district_code, subdistrict_code, community_code, grid_code, department_code, now(), ST_SetSRID(ST_MakePoint(new.x, new.y), 4490)
            from unnest($1, $2, $3) new(fid, x, y) join gis.components using (fid)
            returning fid
            """, _connection);
        foreach (var values in (ReadOnlySpan<object>)[like, x, y])
            command.Parameters.Add(new() { Value = values });
        await using var reader = await command.ExecuteReaderAsync();
        var fids = new List<long>();
        while (await reader.ReadAsync())
            fids.Add(reader.GetInt64(0));
        return fids;
    }

    async Task<int> Run(string sql, long[] fids)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { Parameters = { new() { Value = fids } } };
        return Math.Max(0, await command.ExecuteNonQueryAsync());
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
