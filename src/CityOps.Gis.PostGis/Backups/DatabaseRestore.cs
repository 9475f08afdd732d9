using System.Globalization;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>
/// Makes a database out of a backup. It is built beside under another name, brought up to this version, and put in its place when it is whole: whatever goes wrong
/// before that leaves what was there untouched. A user who may not make databases can restore into one that is bare.
/// </summary>
/// <param name="connectionString">Of the database that the backup is to become; it need not exist.</param>
public sealed class DatabaseRestore(string connectionString, LayerCatalog catalog)
{
    const int RestoreLock = 0x0C19;
    readonly TargetDatabase _target = new(connectionString);

    /// <param name="replace">A database of this product that holds data may be replaced.</param>
    /// <exception cref="BackupException">The target holds data, the backup cannot be read, or the disk is full.</exception>
    public async Task Run(BackupFile file, bool replace, IProgress<BackupStep>? progress = null, CancellationToken cancel = default)
    {
        await using var server = await _target.Server(cancel);
        if (!await Sql.Value<bool>(server, $"select pg_try_advisory_lock({RestoreLock}, hashtext({SqlName.Literal(_target.Name)}))", cancel))
            throw BackupFaults.Busy(_target.Name);
        var content = await _target.Look(server, cancel);
        if (content == TargetDatabase.Content.Foreign)
            throw BackupFaults.IsOther(_target.Name);
        if (content == TargetDatabase.Content.Filled && !replace)
            throw BackupFaults.HasData(_target.Name);
        if (await TargetDatabase.MayCreate(server, cancel))
            await Beside(server, file, content, progress, cancel);
        else if (content == TargetDatabase.Content.Bare)
            await Fill(file, _target.Name, isBeside: false, progress, cancel);
        else
            throw BackupFaults.MayNotCreate(_target.User, _target.Name);
    }

    async Task Beside(NpgsqlConnection server, BackupFile file, TargetDatabase.Content content, IProgress<BackupStep>? progress, CancellationToken cancel)
    {
        var (beside, old) = (_target.Name + "_restoring", _target.Name + "_replaced");
        await _target.Create(server, beside, cancel);
        try
        {
            await Fill(file, beside, isBeside: true, progress, cancel);
            progress?.Report(BackupStep.Switching());
            if (content is TargetDatabase.Content.Filled or TargetDatabase.Content.Empty)
                await PassVersions(beside, cancel);
            await TargetDatabase.Drop(server, old, cancel);
            await _target.Replace(server, beside, content == TargetDatabase.Content.Missing ? null : old, cancel);
            await TargetDatabase.Drop(server, old, cancel);
        }
        catch
        {
            // Gone already where it has taken its place.
            await TargetDatabase.Drop(server, beside, CancellationToken.None);
            throw;
        }
    }

    async Task Fill(BackupFile file, string database, bool isBeside, IProgress<BackupStep>? progress, CancellationToken cancel)
    {
        var connection = _target.ConnectionOf(database);
        var run = new RestoreRun(file, connection, progress);
        if (await run.Run(cancel) is { Length: > 0 } complaints)
            throw BackupFaults.NotRestored(_target.Name, isBeside, complaints);
        progress?.Report(BackupStep.Updating());
        await Installation.Prepare(connection, catalog, cancel);
        progress?.Report(BackupStep.Analyzing());
        await using var analyzing = await _target.Open(database, cancel);
        await Sql.Run(analyzing, "analyze", cancel);
    }

    // Browsers and tile nodes know the replaced data by its versions; the same number must not come again for something else.
    async Task PassVersions(string beside, CancellationToken cancel)
    {
        await using var now = await _target.Open(_target.Name, cancel);
        var versions = await Sql.Counts(now, "select id, version from cityops.layer", cancel);
        await using var restored = await _target.Open(beside, cancel);
        foreach (var (layer, version) in versions)
            await Sql.Run(restored, string.Create(CultureInfo.InvariantCulture, $"""
                update cityops.layer set version = greatest(version, {version}) + 1, reload_version = greatest(version, {version}) + 1, changed_at = clock_timestamp() where id = {SqlName.Literal(layer)}
                """), cancel);
    }
}
