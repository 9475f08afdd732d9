using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;
using DuckDB.NET.Data;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// DuckDB in memory on two threads. Its table is made easy for it: whole numbers alone, the removed left out, and the row of the lattice a division of a northing in
/// millimetres that was worked out before. Two tables: one in order of place, one in order of the filter's columns; a database has one, so the order that is better
/// for both questions together counts.
/// </summary>
sealed class HeatDuck : IDisposable
{
    readonly DuckDBConnection _connection = new("Data Source=:memory:");
    readonly Dictionary<string, int> _districts, _classes;
    readonly string _column;
    readonly Dictionary<bool, HeatTime> _best = [];

    HeatDuck(LayerSnapshot snapshot, HeatGrid lattice)
    {
        _column = string.Create(CultureInfo.InvariantCulture, $"(x::bigint * {lattice.Scale}) >> {HeatGrid.Fraction}");
        (_districts, _classes) = (Codes(snapshot.District), Codes(snapshot.Class));
        _connection.Open();
        Execute("set threads = 2");
        Execute("create table place (x uinteger, north integer, district utinyint, class usmallint, occurred integer)");
    }

    public static HeatDuck Load(LayerView view, HeatGrid lattice, HeatFilter filter)
    {
        var (snapshot, clock) = (view.Parts[0].Snapshot, Stopwatch.StartNew());
        var duck = new HeatDuck(snapshot, lattice);
        duck.Append(snapshot, lattice, new(snapshot, new("components")));
        duck.Execute("create table question as select * from place order by district, class, occurred");
        HeatBench.Say($"DuckDB {duck._connection.ServerVersion}: {duck.Value("select count(*) from place"):N0} rows loaded twice in {clock.Elapsed.TotalSeconds:0} s");
        var (place, question) = (duck.Both("place", filter), duck.Both("question", filter));
        // Both questions count alike: the product of their times.
        var better = place.All.Milliseconds * place.Filtered.Milliseconds <= question.All.Milliseconds * question.Filtered.Milliseconds ? place : question;
        HeatBench.Say($"DuckDB: the order of {(better == place ? "place" : "the filter's columns")} is better for both questions together");
        (duck._best[false], duck._best[true]) = better;
        return duck;
    }

    public HeatTime Run(HeatFilter? filter) => _best[filter is not null];

    public void Dispose() => _connection.Dispose();

    (HeatTime All, HeatTime Filtered) Both(string table, HeatFilter filter)
    {
        var all = HeatTime.Of(() => Count(table, "true"), least: 7);
        HeatBench.Say($"DuckDB in order of {table}, all: {all}");
        var seconds = (DateTimeOffset time) => (time.UtcDateTime - new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;
        var filtered = HeatTime.Of(() => Count(table, string.Create(CultureInfo.InvariantCulture,
            $"district = {_districts[filter.District]} and class = {_classes[filter.Class]} and occurred >= {seconds(filter.From)} and occurred < {seconds(filter.To)}")), least: 7);
        HeatBench.Say($"DuckDB in order of {table}, filtered: {filtered}");
        return (all, filtered);
    }

    HeatSum Count(string table, string where)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"select count(*), sum(n)::bigint, sum(n * n)::bigint from (select {_column} as c, north // 100000 as r, count(*) as n from {table} where {where} group by all) cell";
        using var reader = command.ExecuteReader();
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    // The northing lies in the row that the lattice says, to the world unit.
    void Append(LayerSnapshot snapshot, HeatGrid lattice, SnapshotFilter filter)
    {
        using var appender = _connection.CreateAppender("place");
        Span<ulong> mask = stackalloc ulong[BlockIndex.BlockRows / 64];
        var (band, south, north, first) = (0, 0L, 0L, lattice.BandOf(snapshot.Y[..snapshot.Placed].ToArray().Max()));
        foreach (var block in filter.Blocks())
        {
            filter.Mask(block, mask);
            for (var word = 0; word < mask.Length; word++)
                for (var left = mask[word]; left != 0; left &= left - 1)
                {
                    var row = block * BlockIndex.BlockRows + word * 64 + BitOperations.TrailingZeroCount(left);
                    var y = snapshot.Y[row];
                    if (y < north || y >= south)
                        (band, south, north) = (lattice.BandOf(y), lattice.EdgeOf(lattice.BandOf(y)), lattice.EdgeOf(lattice.BandOf(y) + 1));
                    var within = (int)((south - 1 - y) * 100_000 / (south - north));
                    appender.CreateRow().AppendValue(snapshot.X[row]).AppendValue((band - first) * 100_000 + within).AppendValue((byte)snapshot.District[row])
                        .AppendValue((ushort)snapshot.Class[row]).AppendValue(snapshot.Time[row] is { } time ? (int?)(time / 1_000_000) : null).EndRow();
                }
        }
    }

    static Dictionary<string, int> Codes(CodeColumn column) => Enumerable.Range(1, column.Distinct).ToDictionary(code => column.Text(code)!);

    void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    long Value(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
