using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>A batch that passes a limit waits for a person; checking keeps nothing; two imports at a time do not harm each other.</summary>
public sealed class BatchTests(PostGisDatabase database) : SmallCityTests(database)
{
    [Fact]
    public async Task A_census_that_would_remove_too_much_waits_and_is_published_when_accepted()
    {
        var lamps = SmallSurvey.Lamps(100);
        await Database.Publish(SmallSurvey.Write(Folder.File("whole"), lamps));
        var content = await Database.Content("components");

        var waits = await Database.Import(SmallSurvey.Write(Folder.File("part"), lamps[..70]), accept: false);

        Assert.Equal((ImportOutcome.Waits, BatchState.Staged), (waits.Outcome, waits.Batch!.State));
        Assert.Contains("30", Assert.Single(waits.Reasons).Zh, StringComparison.Ordinal);
        Assert.Equal(content, await Database.Content("components"));
        File.Delete(Folder.File("part.shp")); // What is staged is not read again.
        var resumed = await Database.Importer().Resume(waits.Batch, accept: true, cancel: TestContext.Current.CancellationToken);
        Assert.Equal((ImportOutcome.Published, 30L), (resumed.Outcome, resumed.Batch!.Counts.Removed));
        Assert.Equal(30, await Database.Value<long>("select count(*) from gis.components where status = '移除'"));
    }

    [Fact]
    public async Task A_batch_that_another_process_works_on_is_left_alone()
    {
        var waits = await Database.Import(SmallSurvey.Write(Folder.File("whole"), SmallSurvey.Lamps(10)), new() { LayerId = "components", MostRefused = -1 }, accept: false);
        await using (await SessionLock.OfBatch(Database.Source, waits.Batch!.Id, TestContext.Current.CancellationToken))
        {
            var refused = await Assert.ThrowsAsync<SourceException>(() => Database.Importer().Resume(waits.Batch, accept: true, cancel: TestContext.Current.CancellationToken));

            Assert.Equal("BATCH_BUSY", refused.Fault.Code);
            Assert.Equal(0, await Database.Value<long>("select count(*) from gis.components"));
        }
        await Database.Importer().Drop(waits.Batch, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_batch_that_waited_is_compared_again_with_what_came_meanwhile_and_names_its_files()
    {
        var lamps = SmallSurvey.Lamps(100);
        await Database.Publish(SmallSurvey.Write(Folder.File("whole"), lamps));
        SmallSurvey.Write(Path.Combine(Folder.Path, "two", "east"), lamps.Where((_, index) => index % 2 == 1).Take(20));
        SmallSurvey.Write(Path.Combine(Folder.Path, "two", "west"), lamps.Where((_, index) => index % 2 == 0).Take(20));
        var waits = await Database.Import(Path.Combine(Folder.Path, "two"), accept: false);
        Assert.Equal((60, 40, 0), (waits.Batch!.Counts.Removed, waits.Batch.Counts.Unchanged, waits.Batch.Counts.Moved));
        await Database.Publish(SmallSurvey.Write(Folder.File("update"), [lamps[0] with { Y = lamps[0].Y + 0.002 }]), new() { LayerId = "components", Scope = CensusScope.Update });

        var resumed = await Database.Importer().Resume(waits.Batch, accept: true, cancel: TestContext.Current.CancellationToken);

        Assert.Equal((60, 39, 1), (resumed.Batch!.Counts.Removed, resumed.Batch.Counts.Unchanged, resumed.Batch.Counts.Moved));
        Assert.Equal([$"west|1|ObjID|{lamps[0].Code}"], await Database.Rows($"select source_layer, row_number, field, value from cityops.batch_issue where batch_id = {waits.Batch.Id} and code = 'CodeDuplicateInDatabase'"));
    }

    [Fact]
    public async Task Too_many_refused_rows_wait_for_a_person_and_dropping_leaves_nothing()
    {
        var lamps = SmallSurvey.Lamps(10);
        var waits = await Database.Import(SmallSurvey.Write(Folder.File("bad"), [.. lamps[..3].Select(lamp => lamp with { Name = null }), .. lamps[3..]]), accept: false);

        Assert.Equal(ImportOutcome.Waits, waits.Outcome);
        Assert.NotEmpty(await Database.StagingTables());
        await Database.Importer().Drop(waits.Batch!, TestContext.Current.CancellationToken);

        Assert.Empty(await Database.StagingTables());
        Assert.Empty(await Database.Content("components"));
        Assert.Equal(BatchState.Dropped, (await new BatchStore(Database.Source).Find(waits.Batch!.Id, TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    public async Task Checking_reports_what_an_import_would_do_and_keeps_nothing_else()
    {
        var lamps = SmallSurvey.Lamps(20);
        await Database.Publish(SmallSurvey.Write(Folder.File("first"), lamps[..10]));
        var (content, version) = (await Database.Content("components"), await Database.Version("components"));

        var result = await Database.Importer().Import(
            SmallSurvey.Write(Folder.File("second"), [lamps[0] with { Name = null }, .. lamps[1..]]), new() { LayerId = "components" }, checkOnly: true, cancel: TestContext.Current.CancellationToken);

        Assert.Equal((ImportOutcome.Checked, 10L, 9L, 1L), (result.Outcome, result.Batch!.Counts.Added, result.Batch.Counts.Unchanged, result.Batch.Counts.Refused));
        Assert.Equal(1, await Database.Value<long>($"select count(*) from cityops.quarantine where batch_id = {result.Batch.Id}"));
        Assert.Equal((content, version), (await Database.Content("components") is var now && now.SequenceEqual(content) ? content : now, await Database.Version("components")));
        Assert.Empty(await Database.StagingTables());
    }

    [Fact]
    public async Task A_delivery_that_was_changed_meanwhile_is_not_resumed_but_can_be_dropped()
    {
        var file = SmallSurvey.Write(Folder.File("lamps"), SmallSurvey.Lamps(10));
        var waits = (await Database.Import(file, new() { LayerId = "components", MostRefused = -1 }, accept: false)).Batch!;
        await new BatchStore(Database.Source).Save(waits.Id, BatchState.Staging, null, TestContext.Current.CancellationToken);
        SmallSurvey.Write(Folder.File("lamps"), SmallSurvey.Lamps(11));

        var refused = await Assert.ThrowsAsync<SourceException>(() => Database.Importer().Resume(waits with { State = BatchState.Staging }, accept: true, cancel: TestContext.Current.CancellationToken));

        Assert.Equal("DELIVERY_CHANGED", refused.Fault.Code);
        await Database.Importer().Drop(waits, TestContext.Current.CancellationToken);
        Assert.Empty(await Database.StagingTables());
    }

    [Fact]
    public async Task A_batch_that_waited_while_the_empty_layer_was_filled_adds_to_what_came()
    {
        var lamps = SmallSurvey.ManyLamps(12_000);
        var waits = await Database.Import(SmallSurvey.Write(Folder.File("waits"), lamps[..8_000]), new() { LayerId = "components", Scope = CensusScope.Update, MostRefused = -1 }, accept: false);
        Assert.Equal(ImportOutcome.Waits, waits.Outcome);
        await Database.Publish(SmallSurvey.Write(Folder.File("other"), lamps[8_000..]));

        await Database.Importer().Resume(waits.Batch!, accept: true, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(12_000, await Database.Value<long>("select count(*) from gis.components"));
    }

    [Fact]
    public async Task Two_imports_at_a_time_both_come_in()
    {
        var lamps = SmallSurvey.ManyLamps(12_000); // Enough of a district for its partition to be built aside.
        DeliverySettings update = new() { LayerId = "components", Scope = CensusScope.Update };

        await Task.WhenAll(
            Database.Publish(SmallSurvey.Write(Folder.File("one"), lamps[..8_000]), update),
            Database.Publish(SmallSurvey.Write(Folder.File("two"), lamps[4_000..]), update));

        Assert.Equal(lamps.Select(lamp => lamp.Code).Order(StringComparer.Ordinal), (await Database.Rows("select code from gis.components")).Order(StringComparer.Ordinal));
        Assert.Empty(await Database.StagingTables());
    }
}
