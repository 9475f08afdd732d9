using System.Security.Cryptography;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>
/// A backup on disk: one file in pg_dump's custom format, which <c>pg_restore</c> reads too, and beside it its SHA-256 as <c>sha256sum -c</c> reads it. Where the
/// checksum is missing, as for dumps made by hand, the file is taken as it is.
/// </summary>
public sealed class BackupFile
{
    public const string ChecksumEnding = ".sha256";
    const string Schema = " SCHEMA - cityops ";

    BackupFile(string path, IReadOnlyList<string> items) => (Path, Items) = (path, items);

    public string Path { get; }
    public long Bytes => new FileInfo(Path).Length;

    /// <summary>Lines of its table of contents, as <c>pg_restore --list</c> writes them.</summary>
    internal IReadOnlyList<string> Items { get; }

    /// <summary>Role that owned the database that was backed up: the last word of a line about something of its own.</summary>
    internal string Owner => Items.First(item => item.Contains(Schema, StringComparison.Ordinal)).Split(' ')[^1];

    /// <exception cref="BackupException">It is not there, was altered, is no backup of this product, or one of a newer version.</exception>
    public static async Task<BackupFile> Open(string path, IProgress<BackupStep>? progress = null, CancellationToken cancel = default)
    {
        if (!File.Exists(path))
            throw BackupFaults.NoFile(path);
        if (File.Exists(path + ChecksumEnding) && !(await File.ReadAllTextAsync(path + ChecksumEnding, cancel)).StartsWith(await Checksum(path, progress, cancel), StringComparison.OrdinalIgnoreCase))
            throw BackupFaults.Altered(path);
        var (lines, complaints) = await new PostgresClient("").Ask("pg_restore", ["--list", path], cancel);
        if (lines is null)
            throw BackupFaults.NoBackup(path, complaints);
        var items = lines.Where(line => !line.StartsWith(';')).ToList();
        if (!items.Exists(item => item.Contains(Schema, StringComparison.Ordinal)))
            throw BackupFaults.NotOfTheProduct(path);
        return (await Scripts(path, cancel)).Except(Migrator.Scripts).ToList() is { Count: > 0 } unknown ? throw BackupFaults.Newer(unknown) : new(path, items);
    }

    // The journal of migrations alone, which is read without the rest: rows of COPY between its statement and a line "\.".
    static async Task<IEnumerable<string>> Scripts(string path, CancellationToken cancel)
    {
        var (lines, complaints) = await new PostgresClient("").Ask("pg_restore", ["--data-only", $"--table={Migrator.Journal}", "--file=-", path], cancel);
        if (lines is null)
            throw BackupFaults.NoBackup(path, complaints);
        return lines.SkipWhile(line => !line.StartsWith("COPY ", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != @"\.").Select(line => line.Split('\t')[1]);
    }

    /// <summary>Puts the checksum beside a file that was just written.</summary>
    internal static async Task Seal(string written, string path, IProgress<BackupStep>? progress, CancellationToken cancel)
        => await File.WriteAllTextAsync(path + ChecksumEnding, $"{await Checksum(written, progress, cancel)}  {System.IO.Path.GetFileName(path)}\n", cancel);

    static async Task<string> Checksum(string path, IProgress<BackupStep>? progress, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 20];
        for (int count; (count = await file.ReadAsync(buffer, cancel)) > 0; progress?.Report(BackupStep.Hashing(file.Position, file.Length)))
            hash.AppendData(buffer.AsSpan(0, count));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
