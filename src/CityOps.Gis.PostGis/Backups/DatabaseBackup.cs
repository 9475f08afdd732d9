using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>
/// Writes a whole database into one file by pg_dump, as of one moment and beside whatever goes on. The file appears when it is whole; what breaks off leaves nothing.
/// </summary>
public sealed class DatabaseBackup(string connectionString)
{
    // Level 3 of zlib packs almost as well as its usual 6 in half the time.
    const string Compression = "--compress=3";

    /// <returns>Bytes of the file.</returns>
    /// <exception cref="BackupException">The file is there already, the disk is full, or the user does not see everything.</exception>
    public async Task<long> Write(string file, IProgress<BackupStep>? progress = null, CancellationToken cancel = default)
    {
        var path = Path.GetFullPath(file);
        if (File.Exists(path))
            throw BackupFaults.Exists(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw BackupFaults.NoFolder(path);
        var (begun, bytes) = (DateTimeOffset.UtcNow, await WholeOrNot(path, progress, cancel));
        await Remember(path, bytes, begun, cancel);
        return bytes;
    }

    async Task<long> WholeOrNot(string path, IProgress<BackupStep>? progress, CancellationToken cancel)
    {
        var partial = path + ".part";
        try
        {
            await Dump(partial, path, progress, cancel);
            await BackupFile.Seal(partial, path, progress, cancel);
            File.Move(partial, path);
            return new FileInfo(path).Length;
        }
        catch (IOException fault)
        {
            throw BackupFaults.NotWritten(path, fault.Message);
        }
        finally
        {
            File.Delete(partial);
            if (!File.Exists(path))
                File.Delete(path + BackupFile.ChecksumEnding);
        }
    }

    async Task Dump(string partial, string path, IProgress<BackupStep>? progress, CancellationToken cancel)
    {
        // It holds people's names and the hashes of their passwords: nobody else may read it.
        await using (new FileStream(partial, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
        }
        var client = new PostgresClient(connectionString);
        await using var source = NpgsqlDataSource.Create(connectionString);
        var rows = new RowsCopied(source, client.Application);
        var total = await rows.Expected(cancel);
        var complaints = await client.Run("pg_dump", ["--format=custom", Compression, "--no-password", "--lock-wait-timeout=60000", $"--file={partial}", .. await SeesAll(source, cancel)], null,
            async _ => progress?.Report(BackupStep.Reading(Math.Min(await rows.Count(cancel), total), total)), cancel);
        if (complaints.Length > 0)
            throw BackupFaults.NotWritten(path, complaints);
        await using var written = new FileStream(partial, FileMode.Open, FileAccess.Write);
        written.Flush(flushToDisk: true);
    }

    // Most tables are locked against their owner too, but for a policy that shows him everything. pg_dump stops at such tables unless it is told that this is meant.
    static async Task<string[]> SeesAll(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (await Sql.Value<bool>(connection, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user", cancel))
            return [];
        var hidden = await Sql.Column<string>(connection, """
            select one.oid::regclass::text from pg_class one
            where relrowsecurity and (relforcerowsecurity or not pg_has_role(relowner, 'usage')) and not exists (
                select from pg_policies where schemaname::regnamespace = relnamespace and tablename = relname and permissive = 'PERMISSIVE' and qual = 'true' and cmd = 'ALL' and current_user = any(roles))
            """, cancel);
        return hidden.Count == 0 ? ["--enable-row-security"] : throw BackupFaults.Hidden(hidden);
    }

    async Task Remember(string path, long bytes, DateTimeOffset begun, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        // A backup is made before the program is updated, too, and does not touch the tables that are there.
        if (!await Sql.Value<bool>(connection, "select to_regclass('cityops.backup') is not null", cancel))
            return;
        await using var command = new NpgsqlCommand("insert into cityops.backup (file, bytes, begun_at) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = path }, new() { Value = bytes }, new() { Value = begun } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
