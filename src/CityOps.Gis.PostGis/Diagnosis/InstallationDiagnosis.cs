using System.Globalization;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Diagnosis;

/// <summary>Looks at the product's own things in a database: PostGIS, migrations, locked tables, who administers, backups. Changes nothing.</summary>
public sealed class InstallationDiagnosis(NpgsqlConnection connection, LayerCatalog catalog, TimeProvider clock)
{
    static readonly TimeSpan OldBackup = TimeSpan.FromDays(7);

    public async IAsyncEnumerable<Finding> Run([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        var applied = await Migrator.Applied(connection, cancel);
        var isBare = applied.Count == 0;
        var postgis = await PostGis(isBare, cancel);
        yield return postgis;
        if (isBare)
        {
            yield return Finding.Note("migrations", "数据库还是空的；./cityops up 会建立所需的一切", "The database is empty; ./cityops up makes all that is needed");
            yield break;
        }
        var migrations = Migrations(applied);
        yield return migrations;
        // Of a database that is not up to date nothing else can be said.
        if (postgis.Level == FindingLevel.Fault || migrations.Level == FindingLevel.Fault)
            yield break;
        yield return await LayerTables(cancel);
        yield return await Locks(cancel);
        yield return await Overlaps(cancel);
        if (await Administrators(cancel) is { } administrators)
            yield return administrators;
        yield return await Backup(cancel);
    }

    async Task<Finding> PostGis(bool isBare, CancellationToken cancel)
    {
        var made = await Value<string>("select extversion from pg_extension where extname = 'postgis'", cancel);
        var offered = await Value<string>("select default_version from pg_available_extensions where name = 'postgis'", cancel);
        if (made is null && isBare && offered is not null && await Value<bool>("select rolsuper from pg_roles where rolname = current_user", cancel))
            return Finding.Well("postgis", $"可安装 PostGIS {offered}", $"PostGIS {offered} can be installed");
        if (made is null)
            return Finding.Fault("postgis", new("此数据库没有扩展 postgis", "The extension postgis is missing in this database"), offered is null
                ? new("在数据库服务器上安装 postgresql-15-postgis-3，然后执行 create extension postgis。", "Install postgresql-15-postgis-3 on the database server, then run: create extension postgis")
                : new("由管理员执行 create extension postgis。", "Have an administrator run: create extension postgis"));
        return offered is null || made == offered
            ? Finding.Well("postgis", $"PostGIS {made}", $"PostGIS {made}")
            : Finding.Warning("postgis", new($"扩展 postgis 是 {made}，服务器上安装的是 {offered}", $"The extension postgis is {made}, the server has {offered}"), new("由管理员执行 alter extension postgis update。", "Have an administrator run: alter extension postgis update"));
    }

    static Finding Migrations(IReadOnlyList<string> applied)
    {
        var (pending, unknown) = (Migrator.Scripts.Except(applied).ToList(), applied.Except(Migrator.Scripts).ToList());
        if (unknown.Count > 0)
            return Finding.Fault("migrations", new($"数据库属于更新的版本（{string.Join("、", unknown)}）", $"The database is of a newer version ({string.Join(", ", unknown)})"), new("升级本程序。", "Update this program."));
        return pending.Count == 0
            ? Finding.Well("migrations", $"数据库是本版本的（{applied.Count} 个迁移）", $"The database is of this version ({applied.Count} migrations)")
            : Finding.Fault("migrations", new($"{pending.Count} 个迁移尚未执行：{string.Join("、", pending)}", $"{pending.Count} migrations are pending: {string.Join(", ", pending)}"),
                new("先备份（./cityops backup），再运行 ./cityops up，它会执行迁移。", "Make a backup (./cityops backup), then run ./cityops up, which brings the database up."));
    }

    async Task<Finding> LayerTables(CancellationToken cancel)
    {
        var there = await Texts("select relname::text from pg_class where relnamespace = 'gis'::regnamespace and relkind in ('r', 'p')", cancel);
        var published = await Texts($"select tablename::text from pg_publication_tables where pubname = '{FollowedTables.Publication}'", cancel);
        var missing = catalog.Layers.Select(layer => layer.Id).Except(there).ToList();
        var unfollowed = catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None).Select(layer => layer.Id).Except(missing).Except(published).ToList();
        if (missing.Count == 0 && unfollowed.Count == 0)
            return Finding.Well("layers", $"{catalog.Layers.Count} 个图层都有表，并可被跟随", $"All {catalog.Layers.Count} layers have a table and can be followed");
        return Finding.Warning("layers", new($"缺少表：{Listed(missing, "、")}；未发布：{Listed(unfollowed, "、")}", $"Without a table: {Listed(missing, ", ")}; not published: {Listed(unfollowed, ", ")}"),
            new("运行 ./cityops up，它会补齐。", "Run ./cityops up, which makes what is missing."));
    }

    async Task<Finding> Locks(CancellationToken cancel)
    {
        var open = await Texts("""
            select one.oid::regclass::text from pg_class one join cityops.layer layer on relname in (layer.id, layer.id || '_history')
            where relnamespace = 'gis'::regnamespace and relkind in ('r', 'p') and (not relrowsecurity or not relforcerowsecurity or not exists (select from pg_policy where polrelid = one.oid and polname = 'caller'))
            """, cancel);
        return open.Count == 0
            ? Finding.Well("row-security", "行级安全在全部图层上生效", "Row-level security is on for every layer")
            : Finding.Fault("row-security", new($"行级安全未生效：{string.Join("、", open)}", $"Row-level security is off for {string.Join(", ", open)}: whoever forgets the scope shows everything"),
                new("运行 ./cityops up，它会重新加锁；并查明是谁关闭的。", "Run ./cityops up, which locks them again; and find out who opened them."));
    }

    async Task<Finding> Overlaps(CancellationToken cancel)
        => await Value<bool>("select bool_and(proleakproof) from pg_proc where oid = to_regprocedure('geometry_overlaps(geometry,geometry)')", cancel)
            ? Finding.Well("scope-speed", "行级安全下仍使用空间索引", "Spatial indexes are used under row-level security")
            : Finding.Warning("scope-speed", new("有范围限制的人查看地图会很慢：geometry_overlaps 未标为 leakproof", "Maps are slow for people who see a part of the city: geometry_overlaps is not marked leakproof"),
                new("由超级用户执行 select cityops.mark_overlap_leakproof()。", "Have a superuser run: select cityops.mark_overlap_leakproof()"));

    async Task<Finding?> Administrators(CancellationToken cancel)
    {
        if (!await Value<bool>("select to_regclass('access.person_role') is not null", cancel))
            return null;
        var count = await Value<long>("select count(*) from access.person_role join access.person on id = person_id where role = 'administrator' and not is_disabled", cancel);
        return count > 0
            ? Finding.Well("administrator", $"{count} 位管理员", $"{count} administrators")
            : Finding.Fault("administrator", new("没有可用的管理员账户，无人能管理用户", "There is no administrator who could sign in, so nobody can look after the others"),
                new("./cityops people add 用户名 --name 姓名 --role administrator", "./cityops people add NAME --name 'Full name' --role administrator"));
    }

    async Task<Finding> Backup(CancellationToken cancel)
    {
        var latest = await Value<DateTime>("select max(ended_at) from cityops.backup", cancel);
        var remedy = new LocalText("每天运行 ./cityops backup 文件，并把文件存到别的机器。", "Run ./cityops backup FILE every day, and keep the files on another machine.");
        if (latest == default)
            return await Value<bool>("select exists (select from cityops.batch where state = 'published')", cancel)
                ? Finding.Warning("backup", new("从未用 ./cityops backup 备份过", "No backup was ever made with ./cityops backup"), remedy)
                : Finding.Note("backup", "还没有需要备份的数据", "There is nothing yet that would need a backup");
        var (age, days) = (clock.GetUtcNow().UtcDateTime - latest, Math.Max(0, (clock.GetUtcNow().UtcDateTime - latest).TotalDays).ToString("N1", CultureInfo.InvariantCulture));
        return age < OldBackup
            ? Finding.Well("backup", $"最近的备份是 {days} 天前的", $"The latest backup is {days} days old")
            : Finding.Warning("backup", new($"最近的备份已有 {days} 天", $"The latest backup is {days} days old"), remedy);
    }

    Task<T?> Value<T>(string sql, CancellationToken cancel) => Sql.Value<T>(connection, sql, cancel);

    Task<List<string>> Texts(string sql, CancellationToken cancel) => Sql.Column<string>(connection, sql, cancel);

    static string Listed(List<string> names, string between) => names.Count == 0 ? "—" : string.Join(between, names);
}
