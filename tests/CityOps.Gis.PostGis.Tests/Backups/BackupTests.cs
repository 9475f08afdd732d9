using CityOps.Gis.PostGis.Backups;
using CityOps.Gis.Testing;
using Npgsql;
using Npgsql.Replication;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Backups;

public sealed class BackupTests(LivedInCity city) : IClassFixture<LivedInCity>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_database_is_the_one_that_was_backed_up_row_by_row_with_all_that_belongs_to_it()
    {
        var expected = await DatabaseFingerprint.Of(Database, Cancel);
        var file = await Backup();
        var other = city.Other("whole");

        await Restore(file, other);

        Assert.True(expected.Count > 500, $"{expected.Count}");
        Assert.Equal(expected.Where(IsKept), (await DatabaseFingerprint.Of(other, Cancel)).Where(IsKept));
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.backup where file = '{file}' and bytes = {new FileInfo(file).Length}"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await WouldNotice(other, "update gis.cameras set name = 'x' where camera_id = 'c4'; drop index cityops.batch_file_hash; select nextval('gis.roads_fid_seq')",
            "rows: gis.cameras", "sequence: gis.roads_fid_seq", "index: CREATE INDEX batch_file_hash");
    }

    // What is compared must be able to differ.
    static async Task WouldNotice(string database, string change, params string[] expected)
    {
        var before = await DatabaseFingerprint.Of(database, Cancel);
        await Run(database, change);
        var after = await DatabaseFingerprint.Of(database, Cancel);
        Assert.All(expected, start => Assert.Contains(after.Except(before).Concat(before.Except(after)), line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        var file = city.NewFile();
        await File.WriteAllTextAsync(file, "mine", Cancel);

        await Refused(() => new DatabaseBackup(Database).Write(file), "is there already", "已存在");

        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancel));
    }

    [Fact]
    public async Task A_database_that_holds_data_is_replaced_only_on_request_and_whoever_uses_it_finds_the_new_one()
    {
        var (file, target) = (await Backup(), await city.Copy());
        await Run(target, "delete from gis.cameras; select cityops.touch_layer('cameras')");
        var version = await Value<long>(target, "select version from cityops.layer where id = 'cameras'");
        await Refused(async () => await Restore(file, target), "holds data", "已有数据");
        Assert.Equal(0, await Value<long>(target, "select count(*) from gis.cameras"));

        await using (await FollowSomething(target))
            await Restore(file, target, replace: true);

        Assert.Equal(9, await Value<long>(target, "select count(*) from gis.cameras"));
        Assert.True(await Value<long>(target, "select version from cityops.layer where id = 'cameras'") > version);
        Assert.Empty(await Beside(target));
    }

    [Fact]
    public async Task A_restore_that_fails_midway_leaves_what_was_there()
    {
        var (file, target) = (await Backup(), await city.Copy());
        var before = await DatabaseFingerprint.Of(target, Cancel);
        await Alter(file);
        File.Delete(file + BackupFile.ChecksumEnding);

        await Refused(async () => await Restore(file, target, replace: true), "untouched", "未受影响");

        Assert.Equal(before, await DatabaseFingerprint.Of(target, Cancel));
        Assert.Empty(await Beside(target));
    }

    [Fact]
    public async Task An_altered_file_a_cut_file_and_what_is_no_backup_are_told_apart_by_a_sentence()
    {
        var (altered, cut, text, foreign) = (await Backup(), await Backup(), city.NewFile(), city.NewFile());
        await Alter(altered);
        await using (var file = File.Open(cut, FileMode.Open))
            file.SetLength(2_000);
        File.Delete(cut + BackupFile.ChecksumEnding);
        await File.WriteAllTextAsync(text, "select 1", Cancel);

        await Refused(() => BackupFile.Open(altered), "its checksum", "校验和");
        await Refused(() => BackupFile.Open(cut), "no whole backup", "不是完整的备份");
        await Refused(() => BackupFile.Open(text), "no whole backup", "不是完整的备份");
        await Refused(() => BackupFile.Open(foreign), "There is no file", "没有文件");
    }

    [Fact]
    public async Task The_database_of_something_else_is_never_replaced()
    {
        var target = city.Other("foreign");
        await city.Database.Run($"create database {new NpgsqlConnectionStringBuilder(target).Database}");
        await Run(target, "create table wages (amount int)");

        await Refused(async () => await Restore(await Backup(), target, replace: true), "belongs to something else", "不是本产品");

        Assert.Equal(0, await Value<long>(target, "select count(*) from wages"));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_brought_up_and_one_of_a_newer_version_is_refused()
    {
        var (source, target) = (await city.Copy(), city.Other("updated"));
        await Run(source, "drop table cityops.backup; delete from public.cityops_migration where scriptname = 'sql.0019_backups.sql'");
        await Restore(await Backup(source), target);
        Assert.True(await Value<bool>(target, "select to_regclass('cityops.backup') is not null"));

        await Run(source, "insert into public.cityops_migration (scriptname, applied) values ('sql.9999_future.sql', now())");
        var newer = await Backup(source);
        await Refused(() => BackupFile.Open(newer), "newer version", "更新的版本");
    }

    [Fact]
    public async Task A_user_who_is_no_superuser_backs_up_his_database_and_restores_into_a_bare_one()
    {
        await using var owned = await OwnedCity.Make(city);
        await Run(owned.Database, "insert into gis.cameras (camera_id, name, geom) values ('own', '自有', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))");
        var file = await Backup(owned.Database);

        await Restore(file, owned.Bare);
        await Refused(async () => await Restore(file, owned.Database, replace: true), "may not make databases", "无权建立数据库");

        Assert.Equal((await DatabaseFingerprint.Of(owned.Database, Cancel)).Where(IsKept), (await DatabaseFingerprint.Of(owned.Bare, Cancel)).Where(IsKept));
        await Run(owned.Database, "drop policy product on gis.cameras");
        await Refused(() => Backup(owned.Database), "does not see everything (row-level security of gis.cameras)", "看不到全部数据");
    }

    [Fact]
    public async Task What_the_owner_was_told_the_one_who_restores_is_told()
    {
        await using var owned = await OwnedCity.Make(city);
        var file = await Backup();

        await Restore(file, owned.Bare);

        Assert.Equal("9", await Value<string>(owned.Bare, "select count(*)::text from gis.cameras"));
        Assert.True(await Value<bool>(owned.Bare, "select bool_and(roles = array[current_user]) from pg_policies where policyname = 'product'"));
    }

    string Database
    {
        get
        {
            _ = city.Database.Source;
            return city.Database.ConnectionString;
        }
    }

    // A backup does not hold its own row.
    static bool IsKept(string line) => !line.Contains("cityops.backup ", StringComparison.Ordinal) && !line.Contains("cityops.backup_id_seq", StringComparison.Ordinal);

    async Task<string> Backup(string? database = null)
    {
        var file = city.NewFile();
        await new DatabaseBackup(database ?? Database).Write(file, cancel: Cancel);
        return file;
    }

    static async Task Restore(string file, string target, bool replace = false)
        => await new DatabaseRestore(target, PostGisDatabase.Catalog).Run(await BackupFile.Open(file, cancel: Cancel), replace, cancel: Cancel);

    static async Task Refused(Func<Task> work, string en, string zh)
    {
        var reason = (await Assert.ThrowsAsync<BackupException>(work)).Reason;
        Assert.Contains(en, reason.En, StringComparison.Ordinal);
        Assert.Contains(zh, reason.Zh, StringComparison.Ordinal);
    }

    // In the packed rows, which follow the list of what is there and go on to the file's end.
    static async Task Alter(string path)
    {
        await using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length * 19 / 20;
        var bytes = new byte[400];
        file.ReadExactly(bytes);
        file.Position -= bytes.Length;
        file.Write([.. bytes.Select(one => (byte)~one)]);
    }

    static async Task<LogicalReplicationConnection> FollowSomething(string database)
    {
        var link = new LogicalReplicationConnection(database);
        await link.Open(Cancel);
        await link.CreatePgOutputReplicationSlot($"test_{Guid.NewGuid():N}", temporarySlot: true, cancellationToken: Cancel);
        return link;
    }

    async Task<List<string>> Beside(string target)
        => await city.Database.Rows($"select datname from pg_database where datname like '{new NpgsqlConnectionStringBuilder(target).Database}\\_%'");

    static async Task Run(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    static async Task<T> Value<T>(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
