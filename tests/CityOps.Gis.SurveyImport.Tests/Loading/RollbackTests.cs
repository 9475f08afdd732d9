using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>What is published can be taken back to the byte, and what is there already changes nothing.</summary>
public sealed class RollbackTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        if (await database.Value<long>("select count(*) from gis.districts") == 0)
            await database.Run(SmallCity.Sql);
        await database.Run("delete from cityops.batch; truncate gis.components; truncate gis.components_history");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var file = Survey("once", SmallSurvey.Lamps(200));
        await database.Publish(file);
        var (content, version) = (await database.Content("components"), await database.Version("components"));

        var again = await database.Import(file);

        Assert.Equal(ImportOutcome.Unchanged, again.Outcome);
        Assert.Equal((200, 0, 0, 0, 0), (again.Batch!.Counts.Unchanged, again.Batch.Counts.Added, again.Batch.Counts.Changed, again.Batch.Counts.Moved, again.Batch.Counts.Removed));
        Assert.Equal(content, await database.Content("components"));
        Assert.Empty(await database.History("components"));
        Assert.Equal(version, await database.Version("components"));
        Assert.Empty(await database.StagingTables());
    }

    [Theory]
    [InlineData(120)]
    [InlineData(6_000)] // Two districts of 3,000 are built aside and attached.
    public async Task A_batch_that_adds_changes_moves_and_removes_is_taken_back_without_trace(int lamps)
    {
        var first = SmallSurvey.Lamps(lamps);
        await database.Publish(Survey("first", first));
        var (content, history) = (await database.Content("components"), await database.History("components"));

        var second = await database.Publish(Survey("second", [.. SmallSurvey.Changed(first), .. SmallSurvey.Lamps(10, from: lamps)]));
        Assert.Equal((10, 10, 10, 10, lamps - 30), (second.Counts.Added, second.Counts.Changed, second.Counts.Moved, second.Counts.Removed, second.Counts.Unchanged));
        Assert.Equal(30, (await database.History("components")).Count);
        Assert.Equal(10, await database.Value<long>("select count(*) from gis.components where status = '移除'"));
        await RollBack(second);

        Assert.Equal(content, await database.Content("components"));
        Assert.Equal(history, await database.History("components"));
        Assert.Equal(BatchState.RolledBack, (await new BatchStore(database.Source).Find(second.Id, TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    public async Task A_thing_that_crosses_into_another_district_and_back_is_one_feature_all_the_time()
    {
        var lamp = SmallSurvey.Lamps(40);
        await database.Publish(Survey("home", lamp));
        var content = await database.Content("components");
        var fid = await database.Value<long>($"select fid from gis.components where code = '{lamp[0].Code}'");

        var away = await database.Publish(Survey("away", [lamp[0] with { X = 118.018 }, .. lamp[1..]]));

        Assert.Equal($"{fid}|350206", Assert.Single(await database.Rows($"select fid, district_code from gis.components where code = '{lamp[0].Code}'")));
        await RollBack(away);
        Assert.Equal(content, await database.Content("components"));
    }

    [Fact]
    public async Task A_batch_is_not_taken_back_while_a_later_one_stands_on_it()
    {
        var first = SmallSurvey.Lamps(50);
        var older = await database.Publish(Survey("older", first));
        var later = await database.Publish(Survey("later", SmallSurvey.Changed(first)));
        var content = await database.Content("components");
        var publication = new Publication(database.Source, PostGisDatabase.Catalog);

        Assert.Equal(30, await publication.ChangedSince(Components, older.Id, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBack(older));
        Assert.Equal(content, await database.Content("components"));

        await RollBack(later);
        await RollBack(older);
        Assert.Empty(await database.Content("components"));
    }

    [Fact]
    public async Task A_batch_is_not_taken_back_twice()
    {
        var batch = await database.Publish(Survey("twice", SmallSurvey.Lamps(5)));
        await RollBack(batch);
        var version = await database.Version("components");

        await Assert.ThrowsAsync<InvalidOperationException>(() => RollBack(batch));

        Assert.Equal(version, await database.Version("components"));
    }

    static CityOps.Gis.Layers.LayerDefinition Components => PostGisDatabase.Catalog.Find("components")!;

    Task RollBack(Batch batch) => new Publication(database.Source, PostGisDatabase.Catalog).RollBack(Components, batch.Id, TestContext.Current.CancellationToken);

    string Survey(string name, IReadOnlyList<SmallSurvey.Lamp> lamps) => SmallSurvey.Write(_folder.File(name), lamps);
}
