using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>
/// pg_restore in its three sections: tables, then rows in the order of the file, whose reading tells how far it is, then indexes and constraints, some at once.
/// </summary>
sealed class RestoreRun(BackupFile file, string connectionString, IProgress<BackupStep>? progress)
{
    readonly PostgresClient _client = new(connectionString);
    readonly RestoredRights _rights = new(file, connectionString);

    /// <returns>What it complained of; empty where all is there.</returns>
    public async Task<string> Run(CancellationToken cancel)
    {
        var list = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(list, await Wanted(cancel), cancel);
            progress?.Report(BackupStep.Making());
            foreach (var step in new Func<Task<string>>[]
            {
                () => _rights.MakeRoles(cancel),
                () => Section("pre-data", list, 1, null, null, cancel),
                () => Fill(list, cancel),
                () => Indexes(list, cancel),
                () => _rights.ForTheOwner(cancel),
            })
                if (await step() is { Length: > 0 } complaints)
                    return complaints;
            return "";
        }
        finally
        {
            File.Delete(list);
        }
    }

    // An extension that the server's owner has put there already is neither made nor commented on nor filled again: only its owner might.
    async Task<IEnumerable<string>> Wanted(CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        var there = await Sql.Column<string>(connection, "select extname::text from pg_extension", cancel);
        var tables = await Sql.Column<string>(connection, """
            select format(' TABLE DATA %s %s ', relnamespace::regnamespace, relname) from pg_class one join pg_depend on objid = one.oid and deptype = 'e' where relkind = 'r'
            """, cancel);
        return file.Items.Where(item => !RestoredRights.IsOfTheOwner(item) && !tables.Exists(table => item.Contains(table, StringComparison.Ordinal)) && !there.Exists(name => item.EndsWith($" EXTENSION - {name} ", StringComparison.Ordinal) || item.Contains($" COMMENT - EXTENSION {name} ", StringComparison.Ordinal)));
    }

    Task<string> Fill(string list, CancellationToken cancel)
    {
        progress?.Report(BackupStep.Filling(0, file.Bytes));
        return Section("data", list, 1, null, Tell, cancel);
    }

    Task<string> Indexes(string list, CancellationToken cancel)
    {
        var (done, total) = (0, file.Items.Count(item => After.Any(kind => item.Contains(kind, StringComparison.Ordinal))));
        return Section("post-data", list, Math.Clamp(Environment.ProcessorCount, 1, 4), said =>
        {
            if (said.StartsWith("creating ", StringComparison.Ordinal))
                progress?.Report(BackupStep.Indexing(Math.Min(++done, total), total));
        }, null, cancel);
    }

    Task<string> Section(string section, string list, int jobs, Action<string>? heard, Func<Process, Task>? meanwhile, CancellationToken cancel)
        => _client.Run("pg_restore",
            [
                "--exit-on-error", "--no-owner", "--no-password", "--verbose", $"--section={section}", $"--use-list={list}", string.Create(CultureInfo.InvariantCulture, $"--jobs={jobs}"),
                $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}", file.Path,
            ], heard, meanwhile, cancel);

    Task Tell(Process process)
    {
        if (PositionOf(process) is { } position)
            progress?.Report(BackupStep.Filling(position, file.Bytes));
        return Task.CompletedTask;
    }

    /// <summary>How far the program has read the file; null where the system does not tell.</summary>
    long? PositionOf(Process process)
    {
        try
        {
            foreach (var descriptor in Directory.EnumerateFiles($"/proc/{process.Id}/fd"))
                if (File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == Path.GetFullPath(file.Path))
                    return long.Parse(File.ReadLines($"/proc/{process.Id}/fdinfo/{Path.GetFileName(descriptor)}").First()["pos:".Length..], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between two looks.
        }
        return null;
    }

    static readonly string[] After = [" INDEX ", " CONSTRAINT ", " TRIGGER ", " FK CONSTRAINT ", " ROW SECURITY ", " PUBLICATION "];
}
