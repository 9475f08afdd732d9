using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Generated components (a district is a strip, a grid a square of it; 120 classes; 2 % removed) from PostgreSQL into memory, to disk and back, and counted with
/// and without a question. The table lies in no order of place, as after an import by file.
/// </summary>
static class SnapshotBench
{
    const double GoalRows = 430_000, GoalBytes = 40;

    public static async Task<int> Run(string[] arguments)
    {
        var (rows, runs) = (Number(arguments, "--rows", 1_000_000), Number(arguments, "--runs", 3));
        using var database = new BenchDatabase();
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_snapshot_{rows}");
        await Fill(database, name, rows);
        await using var source = Connections.Open(database.Pooled(name));
        var layer = BenchDatabase.Catalog.Find("components")!;
        var path = Path.Combine(BenchDatabase.Folder, name + ".snapshot");
        var seconds = new List<double>();
        LayerSnapshot? snapshot = null;
        for (var run = 0; run < runs; run++)
        {
            GC.Collect();
            var last = 0.0;
            var (ours, servers) = (Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, await ServerSeconds(source));
            var clock = Stopwatch.StartNew();
            snapshot = await SnapshotLoader.Load(source, layer, new Reporter(_ => last = clock.Elapsed.TotalSeconds));
            seconds.Add(clock.Elapsed.TotalSeconds);
            Say($"run {run + 1}: load {seconds[^1]:0.00} s ({rows / seconds[^1]:N0} rows/s), of which COPY and parsing {last:0.00} s; processor seconds: ours {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds - ours:0.00}, server's {await ServerSeconds(source) - servers:0.00}; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        }
        var bytes = (double)(snapshot!.Bytes - snapshot.PooledTextBytes) / snapshot.Count;
        Say($"memory {snapshot.Bytes >> 20} MB: {bytes:0.0} bytes a record and {(double)snapshot.PooledTextBytes / snapshot.Count:0.0} of pooled text: {string.Join(", ", snapshot.Report().Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Column} {(double)one.Bytes / snapshot.Count:0.00}")))}");
        File(snapshot, path);
        Scans(snapshot);
        Say($"ratio snapshot-load {rows / seconds.Order().ElementAt(runs / 2):0} goal {GoalRows} better higher");
        Say($"ratio snapshot-bytes {bytes:0.0} goal {GoalBytes} better lower");
        return 0;
    }

    // Of a machine shared with others, processor time says more than the clock.
    static async Task<double> ServerSeconds(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select array_agg(pid) from pg_stat_activity where datname = current_database() and backend_type = 'client backend'");
        return ((int[])(await command.ExecuteScalarAsync())!).Sum(pid => TicksOf(pid) / 100.0);
    }

    static long TicksOf(int process)
    {
        var fields = System.IO.File.ReadAllText($"/proc/{process}/stat").Split(' ');
        return long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture);
    }

    static async Task Fill(BenchDatabase database, string name, int rows)
    {
        if (BenchDatabase.Value<bool>(database.Of("postgres"), $"select exists (select from pg_database where datname = '{name}')")
            && BenchDatabase.Value<long>(database.Of(name), "select count(*) from gis.components") == rows)
            return;
        var clock = Stopwatch.StartNew();
        database.Make(name);
        await database.Prepare(name);
        BenchDatabase.Run(database.Of(name), $"""
            do $$ declare one record; begin
                for one in select indexname from pg_indexes where schemaname = 'gis' and tablename = 'components' and indexname not like 'pk_%' loop
                    execute 'drop index gis.' || quote_ident(one.indexname);
                end loop;
                for one in select n from generate_series(1, 6) n loop perform cityops.ensure_partition('components', '35020' || one.n); end loop;
            end $$;
            set cityops.bulk = 'on';
            select setseed(0.5);
            insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, status, first_date, data_source,
                district_code, subdistrict_code, community_code, grid_code, department_code, occurred_at, geom)
            select district || class || lpad(n::text, 9, '0'), '部件' || class, class, 'GB/T 47678', '0' || class, '某某主管部门' || class,
                case when n % 50 = 0 then '移除' when n % 9 = 0 then '破损' else '完好' end, '2024-05-01', '测绘',
                district, left(grid, 9), left(grid, 12), grid, (10 + n % 40)::text,
                '2024-01-01 00:00:00+08'::timestamptz + (n::bigint * 7919 % 31536000) * interval '1 second', ST_SetSRID(ST_MakePoint(118.0 + x * 0.3, 24.4 + y * 0.3), 4490)
            from (
                select n, x, y, '35020' || (1 + floor(x * 6)::int) as district, lpad((1 + n % 6)::text, 2, '0') || lpad((1 + n % 20)::text, 2, '0') as class,
                    '35020' || (1 + floor(x * 6)::int) || lpad(floor(y * 10)::int::text, 3, '0') || lpad(floor(y * 100)::int % 10 || '', 3, '0') || lpad((floor(x * 400)::int % 67)::text, 3, '0') as grid
                from (select n, random() x, random() y from generate_series(1, {rows}) n) spot
            ) thing;
            analyze gis.components;
            """);
        Say($"{rows:N0} generated components in {clock.Elapsed.TotalSeconds:0} s");
    }

    static void File(LayerSnapshot snapshot, string path)
    {
        var clock = Stopwatch.StartNew();
        SnapshotFile.Write(snapshot, path);
        var written = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var opened = SnapshotFile.Open(path, snapshot.Layer)!;
        Say($"file {new FileInfo(path).Length >> 20} MB: written and flushed in {written:0.00} s, opened with its checksum in {clock.Elapsed.TotalSeconds:0.00} s");
        Scans(opened);
        SnapshotFile.Release(opened);
        System.IO.File.Delete(path);
    }

    static void Scans(LayerSnapshot snapshot)
    {
        var start = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
        Scan(snapshot, "everything but the removed", new("components"));
        Scan(snapshot, "one class", new("components") { Classes = ["0101"] });
        Scan(snapshot, "district, class major and 90 days", new("components") { Districts = ["350202"], Classes = ["01"], From = start, To = start.AddDays(90) });
        Scan(snapshot, "one grid", new("components") { Grids = [snapshot.Grid.Text(snapshot.Grid[snapshot.Count / 2])!] });
    }

    static void Scan(LayerSnapshot snapshot, string what, FeatureQuery query)
    {
        var (count, best, blocks) = (0L, double.MaxValue, 0);
        // A second, because the compiler makes hot code fast only after it has run for a while.
        for (var begun = Stopwatch.StartNew(); begun.ElapsedMilliseconds < 1000;)
        {
            var clock = Stopwatch.StartNew();
            count = new SnapshotFilter(snapshot, query).Count();
            best = Math.Min(best, clock.Elapsed.TotalMilliseconds);
        }
        foreach (var block in new SnapshotFilter(snapshot, query).Blocks())
            blocks += block < 0 ? 0 : 1;
        Say($"count, {what}: {count:N0} in {best:0.000} ms on one thread; {blocks:N0} of {snapshot.Blocks.Blocks.Count:N0} blocks read");
    }

    // Progress<T> would post to the pool and lag behind.
    sealed class Reporter(Action<(long, long)> report) : IProgress<(long Rows, long Total)>
    {
        public void Report((long Rows, long Total) value) => report(value);
    }

    static int Number(string[] arguments, string name, int otherwise)
        => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
