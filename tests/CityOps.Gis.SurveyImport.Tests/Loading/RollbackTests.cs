using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>What is published can be taken back to the byte, and what is there already changes nothing.</summary>
public sealed class RollbackTests(PostGisDatabase database) : SmallCityTests(database)
{
    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var file = Survey("once", SmallSurvey.Lamps(200));
        await Database.Publish(file);
        var (content, version) = (await Database.Content("components"), await Database.Version("components"));

        var again = await Database.Import(file);

        Assert.Equal(ImportOutcome.Unchanged, again.Outcome);
        Assert.Equal((200, 0, 0, 0, 0), (again.Batch!.Counts.Unchanged, again.Batch.Counts.Added, again.Batch.Counts.Changed, again.Batch.Counts.Moved, again.Batch.Counts.Removed));
        Assert.Equal(content, await Database.Content("components"));
        Assert.Empty(await Database.History("components"));
        Assert.Equal(version, await Database.Version("components"));
        Assert.Empty(await Database.StagingTables());
    }

    [Theory]
    [InlineData(120)]
    [InlineData(6_000)] // Two districts of 3,000 are built aside and attached.
    public async Task A_batch_that_adds_changes_moves_and_removes_is_taken_back_without_trace(int lamps)
    {
        var first = SmallSurvey.Lamps(lamps);
        await Database.Publish(Survey("first", first));
        var (content, history) = (await Database.Content("components"), await Database.History("components"));

        var second = await Database.Publish(Survey("second", [.. SmallSurvey.Changed(first), .. SmallSurvey.Lamps(10, from: lamps)]));
        Assert.Equal((10, 10, 10, 10, lamps - 30), (second.Counts.Added, second.Counts.Changed, second.Counts.Moved, second.Counts.Removed, second.Counts.Unchanged));
        Assert.Equal(30, (await Database.History("components")).Count);
        Assert.Equal(10, await Database.Value<long>("select count(*) from gis.components where status = '移除'"));
        await RollBack(second);

        Assert.Equal(content, await Database.Content("components"));
        Assert.Equal(history, await Database.History("components"));
        Assert.Equal(BatchState.RolledBack, (await new BatchStore(Database.Source).Find(second.Id, TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    public async Task A_thing_that_crosses_into_another_district_and_back_is_one_feature_all_the_time()
    {
        var lamp = SmallSurvey.Lamps(40);
        await Database.Publish(Survey("home", lamp));
        var content = await Database.Content("components");
        var fid = await Database.Value<long>($"select fid from gis.components where code = '{lamp[0].Code}'");

        var away = await Database.Publish(Survey("away", [lamp[0] with { X = 118.018 }, .. lamp[1..]]));

        Assert.Equal($"{fid}|350206", Assert.Single(await Database.Rows($"select fid, district_code from gis.components where code = '{lamp[0].Code}'")));
        await RollBack(away);
        Assert.Equal(content, await Database.Content("components"));
    }

    [Fact]
    public async Task A_batch_is_not_taken_back_while_a_later_one_stands_on_it()
    {
        var first = SmallSurvey.Lamps(50);
        var older = await Database.Publish(Survey("older", first));
        var later = await Database.Publish(Survey("later", SmallSurvey.Changed(first)));
        var content = await Database.Content("components");
        var publication = new Publication(Database.Source, PostGisDatabase.Catalog);

        Assert.Equal(30, await publication.ChangedSince(Components, older.Id, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBack(older));
        Assert.Equal(content, await Database.Content("components"));

        await RollBack(later);
        await RollBack(older);
        Assert.Empty(await Database.Content("components"));
    }

    [Fact]
    public async Task A_batch_is_not_taken_back_twice()
    {
        var batch = await Database.Publish(Survey("twice", SmallSurvey.Lamps(5)));
        await RollBack(batch);
        var version = await Database.Version("components");

        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBack(batch));

        Assert.Equal(version, await Database.Version("components"));
    }

    static CityOps.Gis.Layers.LayerDefinition Components => PostGisDatabase.Catalog.Find("components")!;

    Task RollBack(Batch batch) => new Publication(Database.Source, PostGisDatabase.Catalog).RollBack(Components, batch.Id, TestContext.Current.CancellationToken);

    string Survey(string name, IReadOnlyList<SmallSurvey.Lamp> lamps) => SmallSurvey.Write(Folder.File(name), lamps);
}
