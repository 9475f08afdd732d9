using System.Globalization;
using CityOps.Gis.PostGis.Access;
using Npgsql;

namespace CityOps.Gis.PostGis.Diagnosis;

/// <summary>Looks at a PostgreSQL server: its version, the settings that the product depends on, its clock, and who follows it.</summary>
public sealed class ServerDiagnosis(NpgsqlConnection connection, TimeProvider clock)
{
    const int OldestServer = 150_000;
    const long MuchLog = 1L << 30, SmallBuffers = 128L << 20;
    static readonly TimeSpan SmallDrift = TimeSpan.FromSeconds(5), LargeDrift = TimeSpan.FromMinutes(1);

    public async IAsyncEnumerable<Finding> Run([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        var settings = await Settings(cancel);
        yield return Version(settings);
        yield return WalLevel(settings);
        yield return Senders(settings);
        yield return Durability(settings);
        yield return Buffers(settings);
        yield return await Clock(cancel);
        yield return await User(cancel);
        await foreach (var finding in Followers(cancel))
            yield return finding;
    }

    async Task<Dictionary<string, string>> Settings(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name, coalesce(setting, '') from pg_settings", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var settings = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancel))
            settings[reader.GetString(0)] = reader.GetString(1);
        return settings;
    }

    static Finding Version(Dictionary<string, string> settings)
        => Number(settings, "server_version_num") >= OldestServer
            ? Finding.Well("postgresql", $"PostgreSQL {settings["server_version"]}", $"PostgreSQL {settings["server_version"]}")
            : Finding.Fault("postgresql", new($"PostgreSQL {settings["server_version"]} 太旧", $"PostgreSQL {settings["server_version"]} is too old"), new("升级到 15 或更高版本。", "Update it to 15 or newer."));

    static Finding WalLevel(Dictionary<string, string> settings)
        => settings["wal_level"] == "logical"
            ? Finding.Well("wal-level", "wal_level = logical，瓦片服务可以跟随数据库", "wal_level = logical: tile nodes can follow the database")
            : Finding.Fault("wal-level",
                new($"wal_level = {settings["wal_level"]}，瓦片服务不能跟随数据库，全部瓦片由 PostGIS 生成，很慢", $"wal_level = {settings["wal_level"]}: no node can follow the database, and PostGIS makes every tile, slowly"),
                new("执行 alter system set wal_level = 'logical'，然后重启 PostgreSQL。", "Run: alter system set wal_level = 'logical'; then restart PostgreSQL."));

    static Finding Senders(Dictionary<string, string> settings)
    {
        var (senders, slots) = (Number(settings, "max_wal_senders"), Number(settings, "max_replication_slots"));
        return Math.Min(senders, slots) >= 4
            ? Finding.Well("replication-slots", $"复制连接 {senders} 个，复制槽 {slots} 个", $"{senders} replication connections, {slots} slots")
            : Finding.Warning("replication-slots", new($"复制连接 {senders} 个、复制槽 {slots} 个，只够一个瓦片节点", $"{senders} replication connections and {slots} slots are enough for one tile node at most"),
                new("每个节点需要两个：设置 max_wal_senders 和 max_replication_slots，然后重启 PostgreSQL。", "A node takes two of each: raise max_wal_senders and max_replication_slots, then restart PostgreSQL."));
    }

    static Finding Durability(Dictionary<string, string> settings)
    {
        string[] unsafeSettings = [.. new[] { "fsync", "full_page_writes" }.Where(name => settings[name] == "off")];
        if (unsafeSettings.Length > 0)
            return Finding.Fault("durability", new($"{string.Join("、", unsafeSettings)} 已关闭：断电可能毁坏整个数据库", $"{string.Join(" and ", unsafeSettings)} is off: a power cut may destroy the whole database"),
                new("执行 alter system reset fsync; alter system reset full_page_writes; select pg_reload_conf()。", "Run: alter system reset fsync; alter system reset full_page_writes; select pg_reload_conf();"));
        return settings["synchronous_commit"] == "off"
            ? Finding.Warning("durability", new("synchronous_commit 已关闭：崩溃会丢失最后几次已确认的保存", "synchronous_commit is off: a crash loses the last saves that people were told are kept"),
                new("执行 alter system reset synchronous_commit; select pg_reload_conf()。", "Run: alter system reset synchronous_commit; select pg_reload_conf();"))
            : Finding.Well("durability", "已确认的保存不会因崩溃丢失", "What was confirmed survives a crash");
    }

    static Finding Buffers(Dictionary<string, string> settings)
    {
        var (bytes, text) = (Number(settings, "shared_buffers") * 8192, Megabytes(Number(settings, "shared_buffers") * 8192));
        return bytes >= SmallBuffers
            ? Finding.Well("shared-buffers", $"shared_buffers = {text}", $"shared_buffers = {text}")
            : Finding.Warning("shared-buffers", new($"shared_buffers = {text}，太小", $"shared_buffers = {text} is small"), new("设为内存的八分之一至四分之一，然后重启 PostgreSQL。", "Set it to an eighth to a quarter of the memory, then restart PostgreSQL."));
    }

    async Task<Finding> Clock(CancellationToken cancel)
    {
        var before = clock.GetUtcNow();
        var there = await Value<DateTime>("select clock_timestamp()", cancel);
        var drift = there - (before + (clock.GetUtcNow() - before) / 2).UtcDateTime;
        var seconds = Math.Abs(drift.TotalSeconds).ToString("N1", CultureInfo.InvariantCulture);
        if (drift.Duration() < SmallDrift)
            return Finding.Well("clock", $"本机与数据库的时钟相差 {seconds} 秒", $"The clocks of this machine and the database differ by {seconds} s");
        return new("clock", drift.Duration() < LargeDrift ? FindingLevel.Warning : FindingLevel.Fault,
            new($"数据库的时钟比本机{(drift > TimeSpan.Zero ? "快" : "慢")} {seconds} 秒：变更时间和登录会话会出错", $"The database's clock is {seconds} s {(drift > TimeSpan.Zero ? "ahead of" : "behind")} this machine's: times of changes and sessions go wrong"),
            new("在两台机器上启用 NTP（timedatectl set-ntp true）。", "Let both machines keep time by NTP (timedatectl set-ntp true)."));
    }

    async Task<Finding> User(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select rolname::text, rolsuper, rolreplication or rolsuper, inet_server_addr() is null,
                concat_ws(' ', case when rolcreaterole then 'nocreaterole' end, case when rolbypassrls then 'nobypassrls' end),
                (select count(*) from pg_roles caller where caller.rolname::text = any($1) and pg_has_role(current_user, caller.oid, 'member'))
            from pg_roles own where rolname = current_user
            """, connection) { Parameters = { new() { Value = ProductRole.CallerRoles.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (name, isSuper, mayFollow, isLocal) = (reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3));
        var (tooMuch, isPrepared) = (reader.GetString(4), reader.GetInt64(5) == ProductRole.CallerRoles.Count);
        if (!mayFollow)
            return Finding.Fault("user", new($"用户 {name} 无权复制，瓦片服务不能跟随数据库", $"The user {name} may not replicate, so no node can follow the database"), new($"由管理员执行 alter role {name} replication。", $"Have an administrator run: alter role {name} replication"));
        if (!isPrepared && !isSuper && !tooMuch.Contains("createrole", StringComparison.Ordinal))
            return Finding.Fault("user", new($"用户 {name} 不能代表 {string.Join("、", ProductRole.CallerRoles)}，平台无法启动", $"The user {name} is no member of {string.Join(" and ", ProductRole.CallerRoles)}, so the program cannot begin"),
                new($"由管理员执行 ./cityops roles {name} | psql。", $"Have an administrator run: ./cityops roles {name} | psql"));
        if (isPrepared && !isSuper && tooMuch.Length > 0)
            return Finding.Warning("user", new($"用户 {name} 的权限超出所需", $"The user {name} has more rights than it needs"), new($"由管理员执行 alter role {name} {tooMuch}。", $"Have an administrator run: alter role {name} {tooMuch}"));
        return isSuper && !isLocal
            ? Finding.Warning("user", new($"平台以超级用户 {name} 通过网络连接数据库", $"The program connects over the network as the superuser {name}"),
                new("由管理员执行 ./cityops roles | psql，为平台建立专用用户。", "Have an administrator give it a user of its own: ./cityops roles | psql"))
            : Finding.Well("user", $"数据库用户 {name}", $"The user {name} has the rights it needs");
    }

    async IAsyncEnumerable<Finding> Followers([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var following = await Value<long>("select count(*) from pg_replication_slots where database = current_database() and active and temporary", cancel);
        var behind = await Value<long>("select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(confirmed_flush_lsn, restart_lsn))), 0)::bigint from pg_replication_slots where database = current_database() and active", cancel);
        if (following > 0)
            yield return behind < MuchLog
                ? Finding.Well("followers", $"{following} 个进程正在跟随数据库，落后 {Megabytes(behind)}", $"{following} processes follow the database, {Megabytes(behind)} behind")
                : Finding.Warning("followers", new($"跟随数据库的进程落后 {Megabytes(behind)}，地图上的数据是旧的", $"A process that follows the database is {Megabytes(behind)} behind: its maps are old"),
                    new("查看该进程的日志和负载；重启它会重新复制。", "Look at its log and load; started again it copies anew."));
        foreach (var slot in await Texts("select format('%s %s', slot_name, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))) from pg_replication_slots where not active and restart_lsn is not null", cancel))
            yield return Finding.Warning("idle-slot", new($"复制槽 {slot} 无人使用，却使服务器保留全部日志，最终会占满磁盘", $"Nobody uses the replication slot {slot}, yet the server keeps all its log for it until the disk is full"),
                new($"如已不需要：select pg_drop_replication_slot('{slot.Split(' ')[0]}')。", $"If it is not wanted any more: select pg_drop_replication_slot('{slot.Split(' ')[0]}')"));
        foreach (var session in await Texts("select format('%s (%s)', pid, coalesce(nullif(application_name, ''), usename)) from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and state_change < clock_timestamp() - interval '10 minutes'", cancel))
            yield return Finding.Warning("idle-transaction", new($"会话 {session} 的事务已闲置十分钟以上：跟随和清理都在等它", $"The session {session} has left a transaction open for more than ten minutes: following and cleaning wait for it"),
                new($"结束它：select pg_terminate_backend({session.Split(' ')[0]})。", $"End it: select pg_terminate_backend({session.Split(' ')[0]})"));
    }

    Task<T?> Value<T>(string sql, CancellationToken cancel) => Sql.Value<T>(connection, sql, cancel);

    Task<List<string>> Texts(string sql, CancellationToken cancel) => Sql.Column<string>(connection, sql, cancel);

    static long Number(Dictionary<string, string> settings, string name) => long.Parse(settings[name], CultureInfo.InvariantCulture);

    static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N0} MB");
}
