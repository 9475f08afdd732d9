using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Counts by cells of 100 m, all features and those of one district, class and 90 days: PostGIS's <c>group by</c>, DuckDB on two threads, a bare loop over two arrays,
/// and ours, in one run. All count the same features into the same cells, which is checked.
/// </summary>
static class HeatBench
{
    const double Size = 100, Parallel = 24.5;
    const int Wanted = 20_000;

    public static async Task<int> Run(string[] arguments)
    {
        var records = BenchCity.Records(arguments);
        using var database = new BenchDatabase();
        var connection = await BenchCity.Database(database, records);
        await using var source = Connections.Open(connection);
        var clock = Stopwatch.StartNew();
        var view = LayerView.Of(await SnapshotLoader.Load(source, BenchDatabase.Catalog.Find("components")!));
        Say($"{view.Count:N0} components in memory after {clock.Elapsed.TotalSeconds:0.0} s");
        var lattice = new HeatGrid(HeatCellKind.Square, Size, Parallel);
        var filter = Filter(connection, (double)Wanted / BenchCity.Count(BenchCity.Whole) * BenchCity.Count(records));
        FeatureQuery all = new("components"), filtered = all with { Districts = [filter.District], Classes = [filter.Class], From = filter.From, To = filter.To };

        var (ours, oursFiltered) = (Ours(view, new(all, HeatCellKind.Square, lattice), "all"), Ours(view, new(filtered, HeatCellKind.Square, lattice), "filtered"));
        var limit = BareLoop.Run(view.Parts[0].Snapshot, lattice);
        using (var duck = HeatDuck.Load(view, lattice, filter))
        {
            var (theirs, theirsFiltered) = (duck.Run(null), duck.Run(filter));
            Same("DuckDB, all", ours.Sum, theirs.Sum);
            Same("DuckDB, filtered", oursFiltered.Sum, theirsFiltered.Sum);
            Say($"ratio heat-duckdb-all {theirs.Milliseconds / ours.Milliseconds:0.0} goal 8 better higher");
            Say($"ratio heat-duckdb-filtered {theirsFiltered.Milliseconds / oursFiltered.Milliseconds:0.0} goal 5 better higher");
        }
        var (postgis, postgisFiltered) = (HeatPostGis.Run(connection, lattice, null), HeatPostGis.Run(connection, lattice, filter));
        Same("PostGIS, all", ours.Sum, postgis.Sum);
        Same("PostGIS, filtered", oursFiltered.Sum, postgisFiltered.Sum);
        Say($"ratio heat-postgis-all {postgis.Milliseconds / ours.Milliseconds:0} goal 200 better higher");
        Say($"ratio heat-postgis-filtered {postgisFiltered.Milliseconds / oursFiltered.Milliseconds:0.0} goal 10 better higher");
        Say($"ratio heat-limit {ours.Milliseconds / limit:0.00} goal 2 better lower");
        Say($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }

    static HeatTime Ours(LayerView view, HeatTally tally, string name)
    {
        HeatCounts? counts = null;
        var time = HeatTime.Of(() => HeatSum.Of(counts = HeatScan.Count(view, tally)), least: 30);
        Say($"ours, {name}: {time}");
        return time;
    }

    // The district and class whose features of 90 days are nearest to the number wanted.
    static HeatFilter Filter(string connection, double wanted)
    {
        var from = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
        var (start, end) = (from.ToString("o", CultureInfo.InvariantCulture), from.AddDays(90).ToString("o", CultureInfo.InvariantCulture));
        var found = BenchDatabase.Value<string>(connection, string.Create(CultureInfo.InvariantCulture, $"""
            select district_code || '|' || class_code from {BenchCity.RivalTable} where occurred_at >= '{start}' and occurred_at < '{end}' and class_code is not null
            group by district_code, class_code order by abs(count(*) - {wanted}) limit 1
            """))!.Split('|');
        Say($"filter: district {found[0]}, class {found[1]}, 90 days from {from:yyyy-MM-dd}");
        return new(found[0], found[1], from, from.AddDays(90));
    }

    static void Same(string who, HeatSum ours, HeatSum theirs)
    {
        Say($"{who}: {theirs}; ours: {ours}");
        if (ours != theirs)
            throw new InvalidOperationException($"{who} counted otherwise: {theirs}, ours {ours}.");
    }

    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
