using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Tiles.Snapshots;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

/// <summary>
/// The oddities of <see cref="RandomLayer"/> and a few places far from the city; and 5,000 cameras with a number. Views of the first come whole or as a large
/// part with dead rows and two small ones.
/// </summary>
public class HeatLayer : IAsyncLifetime
{
    readonly RandomLayer _random;
    LayerView? _whole, _parts, _cameras;

    public HeatLayer() : this(new RandomLayer())
    {
    }

    protected HeatLayer(RandomLayer random) => _random = random;

    public NpgsqlDataSource Source => _random.Source;
    public PostGisDatabase Database => _random.Database;
    public static LayerDefinition Cameras => PostGisDatabase.Catalog.Find("cameras")!;

    public async ValueTask InitializeAsync()
    {
        await _random.InitializeAsync();
        if (_random.Database.ConnectionString == "")
            return;
        await Database.Run("""
            set cityops.bulk = 'on';
            insert into gis.components (code, name, class_code, status, district_code, geom)
            select 'far' || n, '远' || n % 2, '0101', '完好', '350203', ST_SetSRID(ST_MakePoint(-170 + n * 40, -60 + n * 15), 4490) from generate_series(0, 7) n, generate_series(1, 3);
            select setseed(0.5);
            insert into gis.cameras (camera_id, name, status, occurred_at, district_code, direction, geom)
            select 'c' || n, 'c' || n, '在线', case when n % 3 > 0 then '2024-01-01 00:00:00+08'::timestamptz + random() * interval '60 days' end, '35020' || n % 4,
                case when n % 5 > 0 then floor(random() * 3600) / 10 end, ST_SetSRID(ST_MakePoint(118 + random() * 0.2, 24.4 + random() * 0.2), 4490)
            from generate_series(1, 5000) n;
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _random.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<LayerView> Whole() => _whole ??= LayerView.Of(await _random.Snapshot());

    public async Task<LayerView> CameraView() => _cameras ??= LayerView.Of(await SnapshotLoader.Load(Source, Cameras));

    /// <summary>Every tenth row stands anew in a small part, some of those again in a third.</summary>
    public async Task<LayerView> Parts()
    {
        if (_parts is not null)
            return _parts;
        var whole = await _random.Snapshot();
        SnapshotBuilder second = new(whole.Layer), third = new(whole.Layer);
        for (var row = 0; row < whole.Count; row++)
            if (row % 10 == 0)
                (row % 40 == 0 ? third : second).Add(whole, row);
        var dead = DeadRows.None.With(Enumerable.Range(0, whole.Count).Where(row => row % 10 == 0));
        return _parts = LayerView.Of(whole) with
        {
            Parts = [new(whole, dead), new(second.Build(whole.Version, whole.Departments), DeadRows.None), new(third.Build(whole.Version, whole.Departments), DeadRows.None)],
        };
    }

    public async Task<HeatCounts> BySql(HeatTally tally) => await new HeatQuery(Source).Count(PostGisDatabase.Catalog.Find(tally.Query.LayerId)!, tally, TestContext.Current.CancellationToken);

    /// <summary>A tally of any cell and size.</summary>
    public static HeatTally Tally(Random random, FeatureQuery query, string? text = null)
    {
        var kind = (HeatCellKind)random.Next(7);
        var size = Math.Round(25 * Math.Pow(400, random.NextDouble()), random.Next(3));
        var lattice = kind is HeatCellKind.Square or HeatCellKind.Hexagon ? new HeatGrid(kind, size, 24.5) : null;
        return new(query, kind, lattice, null, random.Next(4) == 0 ? text : null, random.Next(3) == 0 ? (HeatSlice)random.Next(1, 5) : HeatSlice.None);
    }
}
