using CityOps.Gis.PostGis.Diagnosis;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Diagnosis;

/// <summary>Installations that are broken in one way each, really: the finding says so, and what to do.</summary>
public sealed class DiagnosisTests : IAsyncLifetime
{
    readonly PostGisDatabase _database = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_sound_installation_has_no_fault()
    {
        var findings = await Findings();
        // Of people and their accounts a test's database has none.
        Assert.DoesNotContain(findings, one => one.Level == FindingLevel.Fault && one.Id != "administrator");
        Assert.Superset(new HashSet<string> { "postgresql", "wal-level", "replication-slots", "durability", "shared-buffers", "clock", "user", "postgis", "migrations", "layers", "row-security", "scope-speed", "backup" }, findings.Select(one => one.Id).ToHashSet());
        Assert.All(findings, one => Assert.True(one.What.Zh.Length > 0 && one.What.En.Length > 0));
        Assert.All(findings.Where(one => one.Level >= FindingLevel.Warning), one => Assert.NotNull(one.Remedy));
    }

    [Theory]
    [InlineData("delete from public.cityops_migration where scriptname like 'sql.0015%'", "migrations", FindingLevel.Fault, "pending: sql.0015_import_jobs.sql")]
    [InlineData("insert into public.cityops_migration (scriptname, applied) values ('sql.9999_future.sql', now())", "migrations", FindingLevel.Fault, "newer version")]
    [InlineData("drop extension postgis cascade", "postgis", FindingLevel.Fault, "is missing")]
    [InlineData("alter table gis.cameras no force row level security", "row-security", FindingLevel.Fault, "off for gis.cameras")]
    [InlineData("drop policy caller on gis.cases_history", "row-security", FindingLevel.Fault, "off for gis.cases_history")]
    [InlineData("alter publication cityops drop table gis.cameras", "layers", FindingLevel.Warning, "not published: cameras")]
    [InlineData("alter function geometry_overlaps(geometry, geometry) not leakproof", "scope-speed", FindingLevel.Warning, "not marked leakproof")]
    [InlineData("insert into cityops.backup (file, bytes, begun_at, ended_at) values ('/x', 1, now() - interval '12 days', now() - interval '12 days')", "backup", FindingLevel.Warning, "12.0 days old")]
    [InlineData("insert into cityops.batch (layer_id, state, path, file_hash) values ('cameras', 'published', '/x', 'x')", "backup", FindingLevel.Warning, "No backup was ever made")]
    public async Task What_is_broken_is_found(string harm, string id, FindingLevel level, string sentence)
    {
        await _database.Run(harm);
        Is(Assert.Single(await Findings(), one => one.Id == id), level, sentence);
    }

    [Fact]
    public async Task A_slot_that_nobody_uses_is_found_before_it_fills_the_disk()
    {
        var name = $"left_{Guid.NewGuid():N}";
        await _database.Run($"select pg_create_logical_replication_slot('{name}', 'pgoutput')");
        try
        {
            Is(Assert.Single(await Findings(), one => one.Id == "idle-slot" && one.What.En.Contains(name, StringComparison.Ordinal)), FindingLevel.Warning, "until the disk is full");
        }
        finally
        {
            await _database.Run($"select pg_drop_replication_slot('{name}')");
        }
    }

    [Theory]
    [InlineData(0, FindingLevel.Well, "differ by")]
    [InlineData(20, FindingLevel.Warning, "behind this machine's")]
    [InlineData(-3600, FindingLevel.Fault, "ahead of this machine's")]
    public async Task A_clock_that_is_wrong_is_found(int seconds, FindingLevel level, string sentence)
        => Is(Assert.Single(await Findings(new WrongClock(TimeSpan.FromSeconds(seconds))), one => one.Id == "clock"), level, sentence);

    [Fact]
    public async Task A_user_who_may_not_replicate_is_found()
    {
        await _database.Run("do $$ begin create role cityops_plain login; exception when duplicate_object then null; end $$");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = "cityops_plain", Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        Is(Assert.Single(await All(new ServerDiagnosis(connection, TimeProvider.System).Run(Cancel)), one => one.Id == "user"), FindingLevel.Fault, "may not replicate");
    }

    static void Is(Finding finding, FindingLevel level, string sentence)
    {
        Assert.Equal(level, finding.Level);
        Assert.Contains(sentence, finding.What.En, StringComparison.Ordinal);
        Assert.Equal(level >= FindingLevel.Warning, finding.Remedy is { Zh.Length: > 0, En.Length: > 0 });
    }

    async Task<List<Finding>> Findings(TimeProvider? clock = null)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Cancel);
        clock ??= TimeProvider.System;
        return [.. await All(new ServerDiagnosis(connection, clock).Run(Cancel)), .. await All(new InstallationDiagnosis(connection, PostGisDatabase.Catalog, clock).Run(Cancel))];
    }

    static async Task<List<Finding>> All(IAsyncEnumerable<Finding> findings)
    {
        var all = new List<Finding>();
        await foreach (var one in findings)
            all.Add(one);
        return all;
    }

    sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
