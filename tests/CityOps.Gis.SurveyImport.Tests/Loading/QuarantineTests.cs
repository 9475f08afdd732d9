using System.Globalization;
using System.Text.Json.Nodes;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>A refused row waits in quarantine as it was delivered, can be written out, mended and sent again, and holds nothing up meanwhile.</summary>
public sealed class QuarantineTests(PostGisDatabase database) : SmallCityTests(database)
{
    [Theory]
    [InlineData("geojson")]
    [InlineData("csv")]
    public async Task Refused_rows_are_written_out_mended_and_sent_again(string format)
    {
        var lamps = SmallSurvey.Lamps(30);
        var faulty = await Database.Publish(SmallSurvey.Write(Folder.File("faulty"),
            [lamps[0] with { Name = null }, lamps[1] with { FirstDate = "2024年13月" }, lamps[2] with { Code = lamps[2].Code[..16] }, .. lamps[3..]]));
        Assert.Equal((27, 3), (faulty.Counts.Accepted, faulty.Counts.Refused));
        var sound = await Database.Content("components");

        var waiting = await Waiting(faulty);
        Assert.Equal([1L, 2, 3], waiting.Select(one => one.Row));
        Assert.Equal("路灯", waiting[1].Fields["ObjName"]!.GetValue<string>());
        Assert.Equal("2024年13月", waiting[1].Fields["ORDate"]!.GetValue<string>());
        waiting[0].Fields["ObjName"] = "环岛路路灯1号";
        waiting[1].Fields["ORDate"] = "20241201";
        waiting[2].Fields["ObjID"] = lamps[2].Code;
        var mended = await Database.Publish(format == "csv" ? WriteCsv(waiting) : WriteGeoJson(waiting), new() { LayerId = "components", Mends = faulty.Id });

        Assert.Equal((3, 3, 0, 0), (mended.Counts.Delivered, mended.Counts.Added, mended.Counts.Refused, mended.Counts.Removed));
        Assert.Equal(["resent", "resent", "resent"], await Database.Rows($"select state from cityops.quarantine where batch_id = {faulty.Id}"));
        Assert.Empty(await Waiting(faulty));
        Assert.Equal(30, await Database.Value<long>("select count(*) from gis.components where grid_code is not null"));
        Assert.Equal(sound, (await Database.Content("components"))[..27]);
        Assert.Equal(["环岛路路灯1号|118.000300|24.400300"], await Database.Rows($"select name, round(ST_X(geom)::numeric, 6), round(ST_Y(geom)::numeric, 6) from gis.components where code = '{lamps[0].Code}'"));
    }

    [Fact]
    public async Task A_row_that_is_still_wrong_goes_on_waiting()
    {
        var lamps = SmallSurvey.Lamps(10);
        var faulty = await Database.Publish(SmallSurvey.Write(Folder.File("faulty"), [lamps[0] with { Name = null }, lamps[1] with { Name = null }, .. lamps[2..]]));
        var waiting = await Waiting(faulty);
        waiting[0].Fields["ObjName"] = "路灯1号";

        await Database.Publish(WriteGeoJson(waiting), new() { LayerId = "components", Mends = faulty.Id });

        Assert.Equal(["1|resent", "2|waiting"], await Database.Rows($"select row_number, state from cityops.quarantine where batch_id = {faulty.Id} order by 1"));
    }

    [Fact]
    public async Task A_refused_row_of_a_census_was_delivered_so_its_feature_is_not_removed()
    {
        var lamps = SmallSurvey.Lamps(40);
        await Database.Publish(SmallSurvey.Write(Folder.File("first"), lamps));

        var second = await Database.Publish(SmallSurvey.Write(Folder.File("second"), [lamps[0] with { Name = null }, .. lamps[2..]]));

        Assert.Equal((1, 1, 38), (second.Counts.Refused, second.Counts.Removed, second.Counts.Unchanged));
        Assert.Equal([lamps[1].Code], await Database.Rows("select code from gis.components where status = '移除'"));
    }

    [Fact]
    public async Task A_delivery_of_new_things_only_leaves_what_is_there_and_names_it()
    {
        var lamps = SmallSurvey.Lamps(12);
        await Database.Publish(SmallSurvey.Write(Folder.File("first"), lamps[..10]));
        var before = await Database.Content("components");

        var added = await Database.Publish(SmallSurvey.Write(Folder.File("new"), [lamps[0] with { State = "破损" }, .. lamps[10..]]), new() { LayerId = "components", Scope = CensusScope.Add });

        Assert.Equal((2, 1, 0), (added.Counts.Added, added.Counts.Unchanged, added.Counts.Removed));
        Assert.Equal(before, (await Database.Content("components"))[..10]);
        Assert.Equal([$"1|{lamps[0].Code}|ObjID"], await Database.Rows($"select row_number, value, field from cityops.batch_issue where batch_id = {added.Id} and code = 'CodeDuplicateInDatabase'"));
    }

    [Fact]
    public async Task A_code_that_the_database_holds_for_a_thing_elsewhere_is_named()
    {
        var lamps = SmallSurvey.Lamps(10);
        await Database.Publish(SmallSurvey.Write(Folder.File("first"), lamps));

        var second = await Database.Publish(SmallSurvey.Write(Folder.File("second"), [lamps[0] with { Y = lamps[0].Y + 0.003 }, .. lamps[1..]]));

        Assert.Equal(1, second.Counts.Moved);
        Assert.Equal([$"1|{lamps[0].Code}"], await Database.Rows($"select row_number, value from cityops.batch_issue where batch_id = {second.Id} and code = 'CodeDuplicateInDatabase'"));
    }

    async Task<List<(long Row, JsonObject Fields, string? Place)>> Waiting(Batch batch)
    {
        var waiting = new List<(long, JsonObject, string?)>();
        await foreach (var one in new QuarantineStore(Database.Source).All(batch.Id, "waiting", TestContext.Current.CancellationToken))
            waiting.Add((one.Row, JsonNode.Parse(one.Record)!.AsObject(), one.GeoJson));
        return waiting;
    }

    string WriteGeoJson(IEnumerable<(long Row, JsonObject Fields, string? Place)> rows)
    {
        var features = rows.Select(row => new JsonObject { ["type"] = "Feature", ["properties"] = row.Fields.DeepClone(), ["geometry"] = row.Place is null ? null : JsonNode.Parse(row.Place) });
        File.WriteAllText(Folder.File("mended.geojson"), new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. features]) }.ToJsonString());
        return Folder.File("mended.geojson");
    }

    string WriteCsv(List<(long Row, JsonObject Fields, string? Place)> rows)
    {
        var names = rows[0].Fields.Select(field => field.Key).ToList();
        var lines = rows.Select(row => string.Join(',', names.Select(name => row.Fields[name]?.ToString()).Concat(Position(row.Place!))));
        File.WriteAllLines(Folder.File("mended.csv"), lines.Prepend(string.Join(',', names) + ",经度,纬度"));
        return Folder.File("mended.csv");
    }

    static string[] Position(string place)
        => [.. JsonNode.Parse(place)!["coordinates"]!.AsArray().Select(value => value!.GetValue<double>().ToString("R", CultureInfo.InvariantCulture))];
}
