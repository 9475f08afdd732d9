using System.Text.Json.Nodes;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Queries;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>What somebody delivers who may write in the western district only, over a city that others have filled.</summary>
public sealed class ScopedDeliveryTests(PostGisDatabase database) : SmallCityTests(database)
{
    static readonly DeliveryMaker West = new("w", "西区普查队", new() { Districts = ["350203"] });
    static readonly JurisdictionScope OneGrid = new() { Grids = ["350203001001003"] };
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_outside_of_the_scope_is_refused_by_a_rule_of_its_own_and_waits_as_it_was_delivered()
    {
        var staged = await Stage("mixed", SmallSurvey.Lamps(40), West);

        Assert.Equal((40, 20, 20, 20), (staged.Counts.Delivered, staged.Counts.Accepted, staged.Counts.Refused, staged.Counts.Added));
        Assert.Equal((20, new ClassCount(40, 20)), (staged.Counts.Issues[nameof(IssueCode.OutsideScope)], Assert.Single(staged.Counts.Classes).Value));
        Assert.Equal("2|error|350206001001003", (await Database.Rows($"select row_number, severity, value from cityops.batch_issue where batch_id = {staged.Id} and code = 'OutsideScope' order by row_number"))[0]);
        var waiting = await Database.Rows($"select row_number, key, record ->> 'ObjName', record ->> 'DeptName1', round(ST_X(geom)::numeric, 4) from cityops.quarantine where batch_id = {staged.Id} order by row_number");
        Assert.Equal(20, waiting.Count);
        Assert.Equal($"2|{SmallSurvey.Lamps(2)[1].Code}|路灯|市政设施中心|118.0103", waiting[0]);
        Assert.Equal(West, staged.Maker);
    }

    [Fact]
    public async Task A_census_removes_only_inside_and_whoever_publishes_it_changes_nothing_of_others()
    {
        var lamps = SmallSurvey.Lamps(40);
        await Database.Publish(SmallSurvey.Write(Folder.File("city"), lamps));
        var others = await Others();

        // The census of everything lacks half of the lamps of both districts, and has the others of both damaged.
        var staged = await Stage("census", [.. lamps[..20].Select(lamp => lamp with { State = "破损" })], West, CensusScope.WholeLayer);
        Assert.Equal((10, 10, 10, 0, 0), (staged.Counts.Refused, staged.Counts.Changed, staged.Counts.Removed, staged.Counts.Added, staged.Counts.Moved));
        var before = await Database.Content("components");
        var published = await Database.Importer().Resume(staged, accept: true, cancel: Cancel);

        Assert.Equal(ImportOutcome.Published, published.Outcome);
        Assert.Equal(others, await Others());
        Assert.Equal(10, await Database.Value<long>("select count(*) from gis.components where district_code = '350203' and status = '移除'"));
        await new Publication(Database.Source, PostGisDatabase.Catalog).RollBack(PostGisDatabase.Catalog.Find("components")!, staged.Id, Cancel);
        Assert.Equal(before, await Database.Content("components"));
    }

    [Fact]
    public async Task The_code_of_somebody_elses_feature_neither_moves_nor_changes_it()
    {
        var lamps = SmallSurvey.Lamps(4);
        await Database.Publish(SmallSurvey.Write(Folder.File("city"), lamps));
        var others = await Others();

        var staged = await Stage("stolen", [lamps[0], lamps[2], lamps[1] with { X = 118.0009, State = "破损" }], West);
        Assert.Equal([$"3|{lamps[1].Code}|ObjID"], await Database.Rows($"select row_number, value, field from cityops.batch_issue where batch_id = {staged.Id} and code = 'CodeOutsideScope'"));
        Assert.Equal((1, 2, 0), (staged.Counts.Refused, staged.Counts.Unchanged, staged.Counts.Moved));
        await Database.Importer().Resume(staged, accept: true, cancel: Cancel);

        Assert.Equal(others, await Others());
    }

    [Fact]
    public async Task A_code_that_somebody_else_took_after_the_check_is_left_to_him_and_named()
    {
        var lamps = SmallSurvey.Lamps(6);
        var staged = await Stage("first", [lamps[0], lamps[2]], West);
        await Database.Publish(SmallSurvey.Write(Folder.File("meanwhile"), [lamps[2] with { X = 118.0150 }]));
        var others = await Others();

        var published = await Database.Importer().Resume(staged, accept: true, cancel: Cancel);

        Assert.Equal((1, 1), (published.Batch!.Counts.Added, published.Batch.Counts.Unchanged));
        Assert.Equal([$"2|{lamps[2].Code}"], await Database.Rows($"select row_number, value from cityops.batch_issue where batch_id = {staged.Id} and code = 'CodeTakenOutside'"));
        Assert.Equal(others, await Others());
    }

    [Theory]
    [InlineData("subdistrict", 20)]
    [InlineData("grid", 20)]
    [InlineData("department", 40)]
    [InlineData("nothing", 0)]
    public async Task Each_kind_of_scope_holds(string kind, int accepted)
    {
        var scope = kind switch
        {
            "subdistrict" => new() { Subdistricts = ["350203001"] },
            "grid" => OneGrid,
            "department" => new() { Departments = ["1"] },
            _ => new JurisdictionScope(),
        };

        Assert.Equal(accepted, (await Stage(kind, SmallSurvey.Lamps(40), West with { Scope = scope })).Counts.Accepted);
    }

    [Fact]
    public async Task Districts_grids_and_departments_are_not_for_someone_who_sees_a_part_of_the_city()
    {
        var refused = await Assert.ThrowsAsync<SourceException>(() => Database.Importer().Stage(SmallSurvey.Write(Folder.File("grids"), SmallSurvey.Lamps(2)), new() { LayerId = "unit_grids" }, West, _ => Task.CompletedTask, cancel: Cancel));

        Assert.Contains("whole city", refused.Fault.Message.En, StringComparison.Ordinal);
        Assert.Equal(0, await Database.Value<long>("select count(*) from cityops.batch"));
    }

    [Fact]
    public async Task A_row_that_is_mended_is_held_to_the_scope_before_it_is_sent()
    {
        var staged = await Stage("mend", SmallSurvey.Lamps(2), West);
        var row = (await new QuarantineStore(Database.Source).Find(staged.Id, "mend", 2, Cancel))!;
        var values = JsonNode.Parse(row.Record)!.AsObject().ToDictionary(one => one.Key, one => one.Value?.GetValue<string>());
        var mender = new RowMender(Database.Source, PostGisDatabase.Catalog);

        Assert.Equal(IssueCode.OutsideScope, Assert.Single(await mender.Check(staged, row, new(values, null), Cancel), issue => issue.Severity == Severity.Error).Code);
        Assert.DoesNotContain(await mender.Check(staged, row, new(values, [118.0009, 24.4003]), Cancel), issue => issue.Severity == Severity.Error);
    }

    async Task<Batch> Stage(string name, IReadOnlyList<SmallSurvey.Lamp> lamps, DeliveryMaker maker, CensusScope census = CensusScope.Census)
    {
        var result = await Database.Importer().Stage(
            SmallSurvey.Write(Folder.File(name), lamps), new DeliverySettings { LayerId = "components", Today = new(2026, 11, 1), Scope = census }, maker, _ => Task.CompletedTask, cancel: Cancel);
        Assert.Equal(ImportOutcome.Waits, result.Outcome);
        return result.Batch!;
    }

    /// <summary>What the layer and its history hold outside of the western district, to the byte.</summary>
    async Task<List<string>> Others()
        => [.. await Database.Rows("select one::text from gis.components one where district_code <> '350203' order by fid"), .. await Database.Rows("select one::text from gis.components_history one where district_code <> '350203' order by fid, valid_to")];
}
