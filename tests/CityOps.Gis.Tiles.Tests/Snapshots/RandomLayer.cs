using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

/// <summary>20,000 seeded components of every oddity a column knows: no place, empty places, lines, polygons with holes, several points, no status, no time, parts of seconds.</summary>
public class RandomLayer : IAsyncLifetime
{
    public const int Rows = 20_000;
    const double West = 118.0, South = 24.4, Side = 0.2;

    readonly PostGisDatabase _database;
    readonly SemaphoreSlim _once = new(1);
    LayerSnapshot? _snapshot;

    public RandomLayer() : this(Rows)
    {
    }

    protected RandomLayer(int rows) => _database = PostGisDatabase.Filled(Sql(rows));

    public static LayerDefinition Layer => PostGisDatabase.Catalog.Find("components")!;

    public NpgsqlDataSource Source => _database.Source;

    public PostGisDatabase Database => _database;

    public async ValueTask InitializeAsync() => await _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<LayerSnapshot> Snapshot()
    {
        await _once.WaitAsync();
        try
        {
            return _snapshot ??= await SnapshotLoader.Load(Source, Layer);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Texts that occur.</summary>
    public static IReadOnlyDictionary<string, string[]> Words { get; } = new Dictionary<string, string[]>
    {
        ["district_code"] = ["350200", "350203", "350205"], ["department_code"] = ["1", "4", "13"], ["class_code"] = ["0001", "0102", "0310"], ["status"] = ["完好", "破损"],
        ["name"] = ["部件1", "部件77", "部件699"], ["code"] = ["0000000000000000017", "0000000000000012345"],
    };

    /// <summary>What the SQL executor's conditions find.</summary>
    public async Task<HashSet<long>> Sought(FeatureQuery query)
    {
        await using var connection = await Source.OpenConnectionAsync();
        var filter = QueryCompiler.Compile(Layer, query);
        await using var command = filter.Command(connection, $"select fid from gis.components where {filter.Where}");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new HashSet<long>();
        while (await reader.ReadAsync())
            found.Add(reader.GetInt64(0));
        return found;
    }

    /// <summary>A question with each part there or not, known and unknown codes.</summary>
    public static FeatureQuery Question(Random random)
    {
        List<string> Some(double chance, Func<string> one) => random.NextDouble() > chance ? [] : [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => one())];
        string Code(string format, int below) => random.Next(below).ToString(format, CultureInfo.InvariantCulture);
        DateTimeOffset? Day(double chance) => random.NextDouble() > chance ? null : new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddSeconds(random.NextDouble() * 366 * 86400);
        return new("components")
        {
            Districts = Some(0.3, () => "35020" + Code("0", 8)),
            Subdistricts = Some(0.15, () => "35020" + Code("0", 6) + Code("000", 12)),
            Communities = Some(0.1, () => "350201" + Code("000", 12) + Code("000", 5)),
            Grids = Some(0.1, () => "350201001001" + Code("000", 900)),
            Departments = Some(0.25, () => Code("0", 45)),
            Classes = Some(0.4, () => random.Next(3) == 0 ? Code("00", 7) : Code("00", 7) + Code("00", 60)),
            Statuses = Some(0.3, () => ((string[])["完好", "破损", "移除", "丢失", "nowhere"])[random.Next(5)]),
            From = Day(0.25),
            To = Day(0.25),
            Box = random.NextDouble() > 0.5 ? null : Box(random),
        };
    }

    /// <summary>A box whose edges lie between world units, which is as exact as a snapshot is.</summary>
    public static (double West, double South, double East, double North) Box(Random random)
    {
        double size = Math.Pow(10, -random.NextDouble() * 2) * Side * 1.2, x = West - 0.02 + random.NextDouble() * 0.22, y = South - 0.02 + random.NextDouble() * 0.22;
        const double units = 4294967296.0;
        double Longitude(uint unit, double part) => WebMercator.Longitude((unit + part) / units);
        double Latitude(uint unit, double part) => WebMercator.Latitude((unit + part) / units);
        return (Longitude(WorldBox.XOf(x), 1e-4), Latitude(WorldBox.YOf(y), 1 - 1e-4), Longitude(WorldBox.XOf(x + size), 1 - 1e-4), Latitude(WorldBox.YOf(y + size), 1e-4));
    }

    /// <summary>Makes the components and their departments; without triggers, of which two run for every row.</summary>
    public static string Sql(int rows) => string.Create(CultureInfo.InvariantCulture, $"""
        insert into gis.departments (code, name, parent_code)
        select n::text, n::text, case when n >= 10 then (n / 3)::text end from generate_series(1, 40) n on conflict do nothing;
        set session_replication_role = replica;
        select setseed(0.25);
        insert into gis.components (code, name, class_code, status, occurred_at, district_code, subdistrict_code, community_code, grid_code, department_code, geom)
        select lpad(n::text, 19, '0'), case when n % 17 <> 0 then '部件' || (n % 700) end,
            case when n % 41 <> 0 then lpad(floor(a * a * 7)::int::text, 2, '0') || lpad(floor(b * 60)::int::text, 2, '0') end,
            (array['完好', '完好', '破损', '移除', null])[1 + floor(c * 5)::int],
            case when n % 5 <> 0 then '2024-01-01 00:00:00+08'::timestamptz + (case when n % 3 = 0 then d else floor(d * 31622400) / 31622400 end) * interval '366 days' end,
            '35020' || floor(x * 6)::int, '35020' || floor(x * 6)::int || lpad(floor(y * 12)::int::text, 3, '0'),
            case when n % 7 <> 0 then '350201' || lpad(floor(y * 12)::int::text, 3, '0') || lpad(floor(a * 5)::int::text, 3, '0') end,
            case when n % 11 <> 0 then '350201001001' || lpad(floor(x * 30)::int * 30 + floor(y * 30)::int || '', 3, '0') end,
            case when n % 6 <> 0 then (1 + floor(b * 45)::int)::text end,
            ST_SetSRID(case
                when n % 211 = 0 then null
                when n % 223 = 0 then 'POLYGON EMPTY'::geometry
                when n % 227 = 0 then 'POINT EMPTY'::geometry
                when n % 31 = 0 then ST_MakeLine(array[spot, ST_Translate(spot, a * 0.02 - 0.01, b * 0.02 - 0.01), ST_Translate(spot, c * 0.02, d * 0.02)])
                when n % 37 = 0 then ST_Difference(ST_Expand(spot, 0.004 + a * 0.006), ST_Expand(spot, 0.003))
                when n % 43 = 0 then ST_Collect(ST_Expand(spot, a * 0.004), ST_Expand(ST_Translate(spot, 0.02, 0.01), b * 0.003))
                when n % 47 = 0 then ST_Collect(spot, ST_Translate(spot, a * 0.01, b * 0.01))
                else spot end, 4490)
        from (
            select n, a, b, c, d, x, y, ST_MakePoint(118.0 + x * 0.2, 24.4 + y * 0.2) as spot
            from (select n, random() a, random() b, random() c, random() d, random() x, random() y from generate_series(1, {rows}) n) chance
        ) thing;
        reset session_replication_role;
        analyze gis.components;
        """);
}
