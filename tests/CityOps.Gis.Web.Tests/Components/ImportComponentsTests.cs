using System.Text.Json;
using Bunit;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Components.Imports;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class ImportComponentsTests
{
    static readonly BatchCounts Counts = new()
    {
        Delivered = 1_000, Accepted = 700, Refused = 300, Added = 650, Changed = 20, Moved = 10, Removed = 5, Unchanged = 20,
        Issues = new Dictionary<string, long> { ["GridMismatch"] = 900, ["FieldMissing"] = 300, ["AllNamesEqual"] = 1 },
        Classes = new Dictionary<string, ClassCount> { ["01037"] = new(500, 50), ["01001"] = new(500, 250) },
    };

    [Fact]
    public async Task Rules_are_listed_errors_first_with_their_clauses_and_one_can_be_chosen_and_let_go()
    {
        await using var page = new PageContext();
        var chosen = new List<string?>();
        var table = page.Render<RuleTable>(with => with.Add(one => one.Counts, Counts).Add(one => one.Code, "GridMismatch").Add(one => one.CodeChanged, chosen.Add));

        Assert.Equal(["FieldMissing", "GridMismatch", "AllNamesEqual"], table.FindAll("tr[data-rule]").Select(row => row.GetAttribute("data-rule")));
        Assert.Contains("GB/T 47678.5-2026 表 2", table.Find("tr[data-rule=FieldMissing]").TextContent, StringComparison.Ordinal);
        await table.Click("tr[data-rule=FieldMissing] button");
        await table.Click("tr[data-rule=GridMismatch] button");
        Assert.Equal(["FieldMissing", null], chosen);
    }

    [Fact]
    public async Task A_batch_that_passed_a_limit_is_published_only_after_a_person_has_said_that_it_was_looked_at()
    {
        await using var page = new PageContext("en");
        var asked = new List<ImportTask>();
        var outcome = page.Render<BatchOutcome>(with => with.Add(one => one.Batch, Batch(BatchState.Staged)).Add(one => one.OnTask, asked.Add));

        Assert.Contains("300 of 1,000 rows were refused", outcome.Find("[data-limits]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("--resume", outcome.Markup, StringComparison.Ordinal);
        Assert.True(outcome.Find("[data-publish]").HasAttribute("disabled"));
        await outcome.Change("[data-seen]", true);
        await outcome.Click("[data-publish]");
        Assert.Empty(asked);
        await outcome.Click("[data-yes]");
        Assert.Equal([ImportTask.Publish], asked);
    }

    [Fact]
    public void Classes_stand_by_their_error_rate_and_those_above_the_limit_are_marked()
    {
        using var page = new PageContext();
        var table = page.Render<ClassTable>(with => with.Add(one => one.Batch, Batch(BatchState.Staged)));

        Assert.Equal(["01001", "01037"], table.FindAll("tr[data-class]").Select(row => row.GetAttribute("data-class")));
        Assert.Equal(["over", ""], table.FindAll("tr[data-class]").Select(row => row.ClassName));
        Assert.Contains("50 %", table.Find("tr[data-class='01001']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_shows_its_step_its_rows_and_what_was_refused_and_can_be_stopped()
    {
        await using var page = new PageContext("en");
        var stops = 0;
        var job = new ImportJob(1, "a.zip", "a", ImportJobState.Running, ImportTask.Import, null, 7, default, DeliveryMaker.Current) { Step = "stage", Done = 5_000, Total = 20_000, Refused = 12, InStep = TimeSpan.FromSeconds(2) };
        var run = page.Render<RunPanel>(with => with.Add(one => one.Job, job).Add(one => one.OnCancel, () => stops++));

        Assert.Equal("Reading and checking", run.Find("[aria-current=step]").TextContent);
        Assert.Equal(("5,000 / 20,000", "12"), (run.Find("[data-rows]").TextContent, run.Find("[data-refused]").TextContent));
        Assert.Contains("2,500", run.Markup, StringComparison.Ordinal);
        await run.Click("[data-cancel]");
        Assert.Equal(1, stops);
    }

    [Fact]
    public void A_delivery_of_the_command_line_has_the_state_of_its_batch()
        => Assert.Equal((new ImportMood("staged", "asks"), new ImportMood("found", "asks")),
            (ImportMood.Of(null, Batch(BatchState.Staged)), ImportMood.Of(new(1, "a", "a", ImportJobState.Found, ImportTask.Inspect, null, null, default, DeliveryMaker.Current), null)));

    static Batch Batch(BatchState state)
        => new(7, "components", state, "/srv/a.zip", "", JsonSerializer.Serialize(new DeliverySettings { LayerId = "components" }, Importer.SettingsFormat), "{}", Counts, default, null, null, DeliveryMaker.Current);
}
