using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Tiling;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// <c>ST_AsMVT</c> by pgbench over a list of tiles, as Martin, Tegola and pg_tileserv ask it: prepared, one tile a transaction, each client every n-th of the list.
/// </summary>
static class Pgbench
{
    /// <summary>What a run took.</summary>
    /// <param name="Milliseconds">Of each tile, ascending.</param>
    /// <param name="PerSecond">Tiles a second, all clients together.</param>
    public sealed record Result(double[] Milliseconds, double PerSecond, int Workers)
    {
        public double Mean => Milliseconds.Average();
    }

    /// <summary>Keeps a list of tiles in the database, for <see cref="Run"/>.</summary>
    public static void Keep(string connection, string list, IReadOnlyList<TileCoord> tiles)
    {
        BenchDatabase.Run(connection, $"""
            create table if not exists rival.tiles (list text, id int, box geometry, primary key (list, id));
            delete from rival.tiles where list = '{list}';
            """);
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand("""
            insert into rival.tiles select $1, row_number() over () - 1, ST_TileEnvelope(z, x, y) from unnest($2::int[], $3::int[], $4::int[]) as tile (z, x, y)
            """, open);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = list }, new() { Value = tiles.Select(tile => tile.Zoom).ToArray() },
            new() { Value = tiles.Select(tile => tile.X).ToArray() }, new() { Value = tiles.Select(tile => tile.Y).ToArray() },
        });
        command.ExecuteNonQuery();
        BenchDatabase.Run(connection, "analyze rival.tiles");
    }

    /// <summary>The statement for one tile of a list; <c>:i</c> is its number.</summary>
    /// <param name="buffer">Units over the edge, for lines and polygons.</param>
    public static string Statement(string list, string table, string attributes, int buffer = 0, string where = "true") => $"""
        select ST_AsMVT(tile, 'components', 4096, 'geom', 'fid') from (select fid, {attributes} ST_AsMVTGeom(one.geom, list.box, 4096, {buffer}, true) as geom from rival.tiles list join {table} one on one.geom && ST_Expand(list.box, (ST_XMax(list.box) - ST_XMin(list.box)) * {buffer} / 4096) where list.list = '{list}' and list.id = :i and {where}) tile;
        """;

    /// <summary>Runs the list through, with no parallel workers and with two, and gives the faster.</summary>
    /// <param name="count">Tiles of the list.</param>
    public static Result Best(string connection, string statement, int count, int clients)
    {
        // A short run tells which is better; all of a longer list is read once before it counts.
        var probe = Math.Min(count, 20 * clients);
        var workers = Run(connection, statement, probe, clients, 0).Mean <= Run(connection, statement, probe, clients, 2).Mean ? 0 : 2;
        if (count > probe)
            Run(connection, statement, count, clients, workers);
        return Run(connection, statement, count, clients, workers);
    }

    static Result Run(string connection, string statement, int count, int clients, int workers)
    {
        var folder = Directory.CreateTempSubdirectory("pgbench");
        try
        {
            var script = Path.Combine(folder.FullName, "tile.sql");
            File.WriteAllText(script, $"\\set i :k * {clients} + :client_id\n\\set k :k + 1\n{statement}\n");
            var server = new NpgsqlConnectionStringBuilder(connection);
            var start = new ProcessStartInfo("pgbench")
            {
                WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
                ArgumentList = { "-n", "-M", "prepared", "-h", server.Host!, "-U", server.Username!, "-f", script, "-D", "k=0", "-l", "-c", Text(clients), "-j", Text(clients), "-t", Text(count / clients) },
                Environment = { ["PGOPTIONS"] = $"-c max_parallel_workers_per_gather={workers} -c jit=off" },
            };
            start.ArgumentList.Add(server.Database!);
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {error.Result}");
            return Read(folder, output, workers);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Log: client, transaction, microseconds, …
    static Result Read(DirectoryInfo folder, string output, int workers)
    {
        var times = folder.GetFiles("pgbench_log.*").SelectMany(file => File.ReadLines(file.FullName)).Select(line => long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000.0);
        var rate = output.Split('\n').First(line => line.StartsWith("tps", StringComparison.Ordinal)).Split(' ')[2];
        return new([.. times.Order()], double.Parse(rate, CultureInfo.InvariantCulture), workers);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
