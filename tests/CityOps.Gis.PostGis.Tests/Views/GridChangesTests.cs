using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Testing;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Views;

public sealed class GridChangesTests : IAsyncLifetime
{
    const string West = "350203001001003", East = "350206001001003";
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    static LayerDefinition Components => PostGisDatabase.Catalog.Find("components")!;
    static LayerDefinition Cameras => PostGisDatabase.Catalog.Find("cameras")!;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_change_since_a_moment_is_counted_once_and_listed()
    {
        var features = new FeatureStore(_database.Source);
        var old = new List<long>();
        for (var number = 1; number <= 6; number++)
            old.Add((await features.Insert(Components, new Point(118.001 + number * 0.0001, 24.401), Values(number))).Fid);
        var camera = await features.Insert(Cameras, new Point(118.002, 24.402), new Dictionary<string, object?> { ["camera_id"] = "C1" });
        var since = (await _database.Value<DateTime>("select clock_timestamp()")).ToUniversalTime();

        await features.Update(Components, old[0], null, new Dictionary<string, object?> { ["status"] = "破损" });
        await features.Update(Components, old[0], null, new Dictionary<string, object?> { ["status"] = "丢失" });
        await features.Update(Components, old[1], new Point(118.0015, 24.4011), new Dictionary<string, object?>());
        await features.Update(Components, old[2], new Point(118.011, 24.401), new Dictionary<string, object?>());
        await features.Update(Components, old[3], null, new Dictionary<string, object?> { ["status"] = "移除" });
        await features.Insert(Components, new Point(118.001, 24.4012), Values(7));
        var cameAndWent = await features.Insert(Components, new Point(118.001, 24.4013), Values(8));
        await features.Update(Components, cameAndWent.Fid, null, new Dictionary<string, object?> { ["status"] = "移除" });
        await features.Delete(Cameras, camera.Fid);

        var changes = new GridChanges(_database.Source);
        Assert.Equal(new Dictionary<ChangeKind, long> { [ChangeKind.Added] = 1, [ChangeKind.Changed] = 1, [ChangeKind.Moved] = 2, [ChangeKind.Removed] = 1 },
            (await changes.Count(Components, [West], since)).OrderBy(one => one.Key).ToDictionary());
        Assert.Equal([ChangeKind.Moved], (await changes.Count(Components, [East], since)).Keys);
        Assert.Equal([(ChangeKind.Deleted, false)], (await changes.List(Cameras, [West], since, 10)).Select(one => (one.Kind, one.IsThere)));
        Assert.Equal(5, (await changes.List(Components, [West], since, 10)).Count);
        Assert.Empty(await changes.Count(Components, [West], DateTimeOffset.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public async Task Figures_are_counted_grid_by_grid_and_removed_features_are_left_out()
    {
        var features = new FeatureStore(_database.Source);
        for (var number = 1; number <= 3; number++)
            await features.Insert(Components, new Point(118.001 + number * 0.0001, 24.401), Values(number, number == 3 ? "移除" : "完好"));
        var cases = PostGisDatabase.Catalog.Find("cases")!;
        var now = DateTimeOffset.UtcNow;
        foreach (var (number, status, deadline) in new[] { (1, "handle", now.AddDays(-1)), (2, "close", now.AddDays(-1)), (3, "hang-up", now.AddDays(-1)), (4, "file", now.AddDays(1)) })
            await features.Insert(cases, new Point(118.001, 24.401), new Dictionary<string, object?> { ["case_number"] = $"A{number}", ["status"] = status, ["deadline"] = deadline, ["occurred_at"] = now });

        var figures = new GridFigures(_database.Source);
        Assert.Equal(new long[] { 2 }, (await figures.Of(Components, [West, East], now))[West]);
        Assert.Equal(new long[] { 3, 1 }, (await figures.Of(cases, [West, East], now))[West]);
        Assert.DoesNotContain(East, (await figures.Of(cases, [West, East], now)).Keys);
    }

    [Fact]
    public async Task Every_layer_of_the_product_answers_for_grids()
    {
        foreach (var layer in PostGisDatabase.Catalog.Layers.Where(layer => !LayerTable.IsSpine(layer)))
        {
            Assert.Empty(await new GridFigures(_database.Source).Of(layer, [West], DateTimeOffset.UtcNow));
            Assert.Empty(await new GridChanges(_database.Source).Count(layer, [West], DateTimeOffset.UtcNow));
            Assert.Empty(await new GridChanges(_database.Source).List(layer, [West], DateTimeOffset.UtcNow, 10));
        }
    }

    [Theory]
    [InlineData("components")]
    [InlineData("cases")]
    public async Task Changes_and_figures_of_grids_are_found_by_indexes(string layerId)
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        foreach (var sql in new[]
        {
            $"explain select count(*) from gis.{layerId} where grid_code = any(array['{West}']) and valid_from >= now()",
            $"explain select count(*) from gis.{layerId}_history where grid_code = any(array['{West}']) and valid_to >= now()",
        })
        {
            await using var command = new Npgsql.NpgsqlCommand($"set enable_seqscan = off; {sql}", connection);
            await using var reader = await command.ExecuteReaderAsync();
            var plan = "";
            while (await reader.ReadAsync())
                plan += reader.GetString(0) + "\n";
            Assert.Matches("Index (Only )?Scan[^\n]*grid_code", plan);
        }
    }

    static Dictionary<string, object?> Values(int number, string status = "完好")
        => new() { ["code"] = $"350203010100{number:0000}", ["name"] = "上水井盖", ["class_code"] = "0101", ["class_table"] = "cjt214-2007", ["status"] = status };
}
