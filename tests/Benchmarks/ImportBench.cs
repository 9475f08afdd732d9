using System.Globalization;
using System.Text.Json;
using CityOps.Gis.PostGis;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sampling;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Our whole import (the command as a person runs it: checks, jurisdiction, history, indexes, publication) beside a bare <c>ogr2ogr</c> into PostGIS (COPY,
/// reprojection, spatial index) on the same GBK shapefile, alternately, each into a fresh database; and the raw binary COPY of the same rows as the floor.
/// </summary>
static class ImportBench
{
    const double Goal = 0.7;

    public static async Task<int> Run(string[] arguments)
    {
        var (rows, runs) = (Number(arguments, "--rows", 1_000_000), Number(arguments, "--runs", 3));
        using var database = new BenchDatabase();
        var folder = Path.Combine(BenchDatabase.Folder, $"import-{rows}");
        if (!File.Exists(Path.Combine(folder, "bench.shp")))
            SampleCity.WriteBenchFile(folder, rows, BenchDatabase.Catalog);
        var file = Path.Combine(folder, "bench.shp");
        Say($"file {rows:N0} rows, GBK, EPSG:4548, {Size(file):N0} MB (.shp + .dbf); page cache: {(DropCaches() ? "dropped before the first, cold run of each" : "cannot be dropped here, so every run is warm")}");
        await MakeTemplate(database, folder);
        List<double> theirs = [], ours = [];
        for (var run = 0; run <= runs; run++)
        {
            // The first run of each is the cold one and does not count.
            if (run == 0)
                DropCaches();
            var ogr = Ogr(database, file);
            if (run == 0)
                DropCaches();
            var our = Ours(database, file, rows);
            Say($"{(run == 0 ? "cold" : $"run {run}")}: ogr2ogr {ogr.Seconds:0.00} s ({ogr.PeakBytes >> 20} MB); ours {our.Child.Seconds:0.00} s ({rows / our.Child.Seconds:N0} rows/s, peak {our.Child.PeakBytes >> 20} MB): {our.Steps}");
            if (run == 0)
                continue;
            theirs.Add(ogr.Seconds);
            ours.Add(our.Child.Seconds);
        }
        Floor(database, folder, rows);
        var ratio = Median(ours) / Median(theirs);
        Say($"median: ogr2ogr {Median(theirs):0.00} s, ours {Median(ours):0.00} s");
        Say($"ratio import {ratio:0.000} goal {Goal} better lower");
        return 0;
    }

    /// <summary>Peak memory of our import of a large file, which must not grow with it.</summary>
    public static async Task<int> Memory(string[] arguments)
    {
        const int mostMegabytes = 1000;
        var rows = Number(arguments, "--rows", 10_000_000);
        using var database = new BenchDatabase();
        var folder = Path.Combine(BenchDatabase.Folder, $"import-{rows}");
        if (!File.Exists(Path.Combine(folder, "bench.shp")))
            SampleCity.WriteBenchFile(folder, rows, BenchDatabase.Catalog);
        var file = Path.Combine(folder, "bench.shp");
        await MakeTemplate(database, folder);
        var (child, steps) = Ours(database, file, rows);
        Say($"{rows:N0} rows, {Size(file):N0} MB: {child.Seconds:0.0} s ({rows / child.Seconds:N0} rows/s): {steps}");
        Say($"ratio import-memory-mb {child.PeakBytes / 1e6:0} goal {mostMegabytes} better lower");
        database.Make("bench_ours");
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    static async Task MakeTemplate(BenchDatabase database, string folder)
    {
        database.Make("bench_template");
        await database.Prepare("bench_template");
        await using var source = Connections.Open(database.Of("bench_template"));
        var importer = new Importer(source, BenchDatabase.Catalog);
        foreach (var layer in (string[])["districts", "subdistricts", "communities", "unit_grids"])
            await importer.Import(Path.Combine(folder, "spine", layer + ".shp"), new DeliverySettings { LayerId = layer }, accept: true);
        await importer.Import(Path.Combine(folder, "spine", "departments.csv"), new DeliverySettings { LayerId = "departments" }, accept: true);
        await using (var command = source.CreateCommand("vacuum analyze"))
            await command.ExecuteNonQueryAsync();
        NpgsqlConnection.ClearAllPools();
    }

    static Child Ogr(BenchDatabase database, string file)
    {
        database.Make("bench_ogr");
        BenchDatabase.Run(database.Of("bench_ogr"), "create extension postgis");
        BenchDatabase.Run(database.Of("postgres"), "checkpoint");
        var to = new NpgsqlConnectionStringBuilder(database.Of("bench_ogr"));
        var child = Child.Run("ogr2ogr",
            ["-f", "PostgreSQL", $"PG:host={to.Host} user={to.Username} dbname={to.Database}", file, "-nln", "bench", "-t_srs", "EPSG:4490", "-lco", "SPATIAL_INDEX=GIST", "--config", "PG_USE_COPY", "YES"]);
        return child.ExitCode == 0 ? child : throw new InvalidOperationException($"ogr2ogr failed: {child.Output}");
    }

    static (Child Child, string Steps) Ours(BenchDatabase database, string file, int rows)
    {
        database.Make("bench_ours", "bench_template");
        BenchDatabase.Run(database.Of("postgres"), "checkpoint");
        var program = Path.Combine(BenchDatabase.Folder, "..", "..", "web", "bin", "Release", "net10.0", "CityOps.Gis.Web.dll");
        var child = Child.Run("dotnet", [program, "import", file, "--json"], new Dictionary<string, string> { ["CITYOPS_DATABASE"] = database.Of("bench_ours") });
        if (child.ExitCode is not (0 or 1) || BenchDatabase.Value<long>(database.Of("bench_ours"), "select count(*) from gis.components") != rows)
            throw new InvalidOperationException($"Our import failed: {child.Output}");
        using var answer = JsonDocument.Parse(child.Output);
        return (child, string.Join(", ", answer.RootElement.GetProperty("seconds").EnumerateObject().Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Name} {step.Value.GetDouble():0.00}"))));
    }

    // The same rows as they stand in our table, out and in again, without any index.
    static void Floor(BenchDatabase database, string folder, int rows)
    {
        var copy = Path.Combine(folder, "rows.copy");
        var to = database.Of("bench_ours");
        using (var connection = new NpgsqlConnection(to))
        {
            connection.Open();
            using (var target = File.Create(copy))
            using (var stream = connection.BeginRawBinaryCopy("copy (select * from gis.components) to stdout (format binary)"))
                stream.CopyTo(target);
        }
        BenchDatabase.Run(to, "create table floor (like gis.components)");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using (var connection = new NpgsqlConnection(to))
        {
            connection.Open();
            using var from = File.OpenRead(copy);
            using var stream = connection.BeginRawBinaryCopy("copy floor from stdin (format binary)");
            from.CopyTo(stream, 1 << 20);
        }
        Say($"floor: raw binary COPY of the same rows, no index, no check: {clock.Elapsed.TotalSeconds:0.00} s ({rows / clock.Elapsed.TotalSeconds:N0} rows/s)");
        File.Delete(copy);
    }

    static bool DropCaches()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "3");
            return true;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    static long Size(string shp) => new FileInfo(shp).Length + new FileInfo(Path.ChangeExtension(shp, ".dbf")).Length >> 20;

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static int Number(string[] arguments, string name, int otherwise)
        => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
