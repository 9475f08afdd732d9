using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sampling;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// The sample city in a database that is kept from run to run: made, imported by the product's own importer, and topped up so that the components alone are a
/// million or 25,592,042 (with copies of components a few metres beside them). Not in order of place, as after any import.
/// </summary>
static class BenchCity
{
    public const string Small = "1m", Whole = "xiamen";

    /// <summary>The table of rivals: components as points in EPSG:3857, the removed left out, clustered by place, with the indexes that the questions want.</summary>
    public const string RivalTable = "rival.components";

    /// <summary>Makes it, for those who want to have it ready.</summary>
    public static async Task<int> Make(string[] arguments)
    {
        using var database = new BenchDatabase();
        var connection = await Database(database, Records(arguments));
        Say($"{BenchDatabase.Value<long>(connection, "select count(*) from gis.components"):N0} components are in {new NpgsqlConnectionStringBuilder(connection).Database}");
        return 0;
    }

    /// <summary>Connection string of the city.</summary>
    /// <param name="records">"1m" or "xiamen".</param>
    public static async Task<string> Database(BenchDatabase database, string records)
    {
        var (name, count) = ("city_" + records, Count(records));
        var connection = database.Pooled(name);
        if (!BenchDatabase.Value<bool>(database.Of("postgres"), $"select exists (select from pg_database where datname = '{name}')"))
            database.Make(name);
        await database.Prepare(name);
        if (BenchDatabase.Value<bool>(connection, "select to_regclass('rival.ready') is not null"))
            return connection;
        await Import(connection, records);
        Run(connection, "create schema if not exists rival");
        Complete(connection, count);
        MakeRival(connection);
        BenchDatabase.Run(connection, "create table rival.ready ()");
        return connection;
    }

    /// <summary>The value of <c>--records</c>; a million where it is not given.</summary>
    public static string Records(string[] arguments)
        => Array.IndexOf(arguments, "--records") is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : Small;

    public static int Count(string records) => records switch
    {
        Small => 1_000_000,
        Whole => 25_592_042,
        _ => throw new ArgumentException($"--records is '{records}'; write {Small} or {Whole}."),
    };

    static async Task Import(string connection, string records)
    {
        var folder = Path.Combine(BenchDatabase.Folder, records);
        if (!File.Exists(Path.Combine(folder, "sample.json")))
            SampleCity.Write(new(folder, records == Whole ? SampleScale.Xiamen : SampleScale.Million, Defects: false), BenchDatabase.Catalog, null, default);
        await using var source = Connections.Open(connection);
        var importer = new Importer(source, BenchDatabase.Catalog);
        foreach (var (file, layer) in SampleCity.Files)
            if (!BenchDatabase.Value<bool>(connection, $"select exists (select from {SqlName.Table(layer)})"))
            {
                var result = await importer.Import(Path.Combine(folder, file), new DeliverySettings { LayerId = layer }, accept: true);
                Say($"imported {layer}: {result.Batch?.Counts.Accepted:N0}");
            }
    }

    // Components have no time of their own; here each gets a second of three years, so that a question of 90 days finds a twelfth. Written anew without indexes,
    // as an update of every row would take ten times as long.
    static void Complete(string connection, int count)
    {
        var layer = BenchDatabase.Catalog.Find("components")!;
        string[] same = [.. LayerTable.ColumnsOf(layer).Select(column => column.Name).Where(name => name is not ("fid" or "code" or "geom" or "occurred_at"))];
        var columns = string.Join(", ", same.Select(SqlName.Quote));
        const string time = "'2023-11-01 00:00:00+08'::timestamptz + (hashint8(fid) & 2147483647) % 94694400 * interval '1 second'";
        var points = BenchDatabase.Value<long>(connection, "select count(*) from gis.components where ST_GeometryType(geom) = 'ST_Point'");
        Say($"{points:N0} point components; {count - points:N0} more are made");
        Run(connection,
            "drop table if exists rival.components, rival.rows",
            $"create unlogged table rival.rows as select fid, code, geom, {time} as occurred_at, {columns} from gis.components where ST_GeometryType(geom) = 'ST_Point'",
            string.Create(CultureInfo.InvariantCulture, $"""
                insert into rival.rows
                select fid + {int.MaxValue / 2}, 'C' || code, ST_Translate(geom, 0.00003, 0.00004), {time.Replace("fid", "fid + 1")}, {columns} from rival.rows limit {Math.Max(0, count - points)}
                """),
            DropIndexes,
            "set session_replication_role = replica; truncate gis.components",
            $"set session_replication_role = replica; insert into gis.components (fid, code, geom, occurred_at, {columns}) select fid, code, geom, occurred_at, {columns} from rival.rows",
            "drop table rival.rows",
            $"alter table gis.components add constraint pk_components {LayerTable.PrimaryKey(layer)}");
        foreach (var (suffix, method, _) in LayerTable.Indexes(layer))
            Run(connection, $"create index {SqlName.Quote("components" + suffix)} on gis.components using {method}");
        Run(connection, "select cityops.touch_layer('components')", "vacuum (analyze) gis.components");
    }

    const string DropIndexes = """
        do $$ declare one record; begin
            for one in select indexname from pg_indexes where schemaname = 'gis' and tablename = 'components' and indexname not like 'pk_%' loop
                execute 'drop index gis.' || quote_ident(one.indexname);
            end loop;
            alter table gis.components drop constraint if exists pk_components;
        end $$
        """;

    static void MakeRival(string connection)
    {
        Say($"making {RivalTable}");
        Run(connection,
            $"""
            create table {RivalTable} as
            select fid, ST_Transform(geom, 3857)::geometry(Point, 3857) as geom, code, name, class_code, status, district_code, occurred_at
            from gis.components where status is distinct from '移除' order by geom
            """,
            $"create index rival_geom on {RivalTable} using gist (geom)",
            $"cluster {RivalTable} using rival_geom",
            $"create index rival_question on {RivalTable} (district_code, class_code, occurred_at)",
            $"vacuum (analyze) {RivalTable}");
    }

    static void Run(string connection, params IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            BenchDatabase.Run(connection, statement);
    }

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
