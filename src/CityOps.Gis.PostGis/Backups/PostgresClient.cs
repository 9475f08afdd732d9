using System.Diagnostics;
using CityOps.Gis.PostGis.Cluster;
using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>Runs PostgreSQL's own client programs (<c>pg_dump, pg_restore</c>) on a database, and hears what they say while they work.</summary>
sealed class PostgresClient
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);
    readonly PostgresTools _tools = PostgresTools.Find();
    readonly NpgsqlConnectionStringBuilder _database;

    public PostgresClient(string connectionString) => _database = new(connectionString);

    /// <summary>Name under which the server knows the program's sessions.</summary>
    public string Application { get; } = $"cityops backup {Guid.NewGuid():N}";

    /// <summary>Runs a program to its end; a cancelled one is killed.</summary>
    /// <param name="heard">Told each line that it says about its work.</param>
    /// <param name="meanwhile">Called a few times a second while it runs, with the process.</param>
    /// <returns>What it complained of; empty where it was content.</returns>
    public async Task<string> Run(string program, IReadOnlyList<string> arguments, Action<string>? heard, Func<Process, Task>? meanwhile, CancellationToken cancel)
    {
        using var process = Process.Start(StartOf(program, arguments))!;
        var complaints = new List<string>();
        var listening = Listen(process, program, heard, complaints);
        var answer = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (await Task.WhenAny(listening, Task.Delay(Between, cancel)) != listening)
            {
                cancel.ThrowIfCancellationRequested();
                if (meanwhile is not null)
                    await meanwhile(process);
            }
            await process.WaitForExitAsync(cancel);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        await answer;
        return process.ExitCode == 0 ? "" : complaints.Count == 0 ? $"{program}: {process.ExitCode}" : string.Join(' ', complaints);
    }

    /// <summary>What a program answers, line by line; null with its complaints where it failed.</summary>
    public async Task<(IReadOnlyList<string>? Lines, string Complaints)> Ask(string program, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var process = Process.Start(StartOf(program, arguments))!;
        var complaints = new List<string>();
        var listening = Listen(process, program, null, complaints);
        var answer = await process.StandardOutput.ReadToEndAsync(cancel);
        await listening;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? (answer.Split('\n', StringSplitOptions.RemoveEmptyEntries), "") : (null, string.Join(' ', complaints));
    }

    // "pg_dump: error: …" and the details after it are complaints; other lines, there are with --verbose, tell what is being done.
    static async Task Listen(Process process, string program, Action<string>? heard, List<string> complaints)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            var said = line.StartsWith(program + ": ", StringComparison.Ordinal) ? line[(program.Length + 2)..] : line;
            if (said.StartsWith("error: ", StringComparison.Ordinal) || said.StartsWith("detail: ", StringComparison.Ordinal) || said.StartsWith("hint: ", StringComparison.Ordinal) || complaints.Count > 0)
                complaints.Add(said);
            else
                heard?.Invoke(said);
        }
    }

    ProcessStartInfo StartOf(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(_tools.PathOf(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // In the environment, where other users of the machine do not see it, as they do arguments.
        foreach (var (name, value) in new[]
        {
            ("PGHOST", _database.Host), ("PGPORT", $"{_database.Port}"), ("PGUSER", _database.Username), ("PGPASSWORD", _database.Password), ("PGDATABASE", _database.Database),
            ("PGSSLMODE", SslMode()), ("PGAPPNAME", Application), ("LC_ALL", "C"),
        })
            if (value is { Length: > 0 })
                start.Environment[name] = value;
        return start;
    }

    string SslMode() => _database.SslMode switch
    {
        Npgsql.SslMode.VerifyCA => "verify-ca",
        Npgsql.SslMode.VerifyFull => "verify-full",
        var other => other.ToString().ToLowerInvariant(),
    };
}
