using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>A list of statements by pgbench, one a transaction, in their order and each as often as the others: what the database itself takes for them.</summary>
static partial class PgbenchList
{
    /// <param name="Milliseconds">Of each statement, ascending.</param>
    /// <param name="PerSecond">Statements a second, all clients together.</param>
    public sealed record Result(double[] Milliseconds, double PerSecond);

    public static Result Run(string connection, IReadOnlyList<string> statements, int clients = 1)
    {
        var folder = Directory.CreateTempSubdirectory("pgbench");
        try
        {
            var branches = statements.Select((statement, number) => $"{(number == 0 ? "\\if" : "\\elif")} :i = {number}\n{statement};");
            var script = Path.Combine(folder.FullName, "list.sql");
            File.WriteAllText(script, $"\\set i (:k * {clients} + :client_id) % {statements.Count}\n\\set k :k + 1\n{string.Join('\n', branches)}\n\\endif\n");
            return Run(connection, folder, script, clients, statements.Count / clients);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A statement with its values written into it, on one line.</summary>
    public static string WithValues(SqlFilter filter, string sql)
    {
        using var command = filter.Command(new NpgsqlConnection(), sql);
        // Colons and backslashes mean something to pgbench; here they stand only in values, as escapes.
        var written = Reference().Replace(sql, match => Literal(command.Parameters[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1].Value!));
        return written.ReplaceLineEndings(" ");
    }

    static string Literal(object value) => value switch
    {
        string text => Quoted(text) + "::text",
        string[] texts => $"array[{string.Join(", ", texts.Select(Quoted))}]::text[]",
        long or int => Convert.ToString(value, CultureInfo.InvariantCulture)! + "::bigint",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "::float8",
        DateTime time => Quoted(time.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture)) + "::timestamptz",
        DateOnly day => Quoted(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) + "::date",
        bool truth => truth ? "true" : "false",
        byte[] bytes => $"'\\x{Convert.ToHexStringLower(bytes)}'::bytea",
        _ => throw new NotSupportedException($"A {value.GetType()} has no literal here."),
    };

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static Result Run(string connection, DirectoryInfo folder, string script, int clients, int transactions)
    {
        var server = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo("pgbench")
        {
            WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList = { "-n", "-h", server.Host!, "-U", server.Username!, "-f", script, "-D", "k=0", "-l", "-c", Text(clients), "-j", Text(clients), "-t", Text(transactions), server.Database! },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {error.Result}");
        var times = folder.GetFiles("pgbench_log.*").SelectMany(file => File.ReadLines(file.FullName)).Select(line => long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000.0);
        var rate = output.Split('\n').First(line => line.StartsWith("tps", StringComparison.Ordinal)).Split(' ')[2];
        return new([.. times.Order()], double.Parse(rate, CultureInfo.InvariantCulture));
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Reference();
}
