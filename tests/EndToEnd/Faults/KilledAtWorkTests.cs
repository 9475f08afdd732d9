using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing.Faults;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>
/// kill -9 in the middle of each piece of work: nothing is lost, nothing is half done, and what was begun is ended without anybody's help. The longer form, at random
/// moments, is <c>./cityops bench faults</c>.
/// </summary>
[Collection(nameof(FaultyCityCollection))]
public sealed class KilledAtWorkTests(FaultyCityFixture fixture)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.HostKilled)]
    [InlineData(Fault.ServerKilled)]
    [InlineData(Fault.SessionKilled)]
    public async Task A_check_a_publication_and_a_rollback_that_are_cut_off_are_ended_whole(Fault fault)
    {
        var city = fixture.City;
        var before = await city.Content();
        var job = await city.BringSecond();

        job = await Struck(city, job, ImportTask.Import, ImportJobState.Staged, "cityops.batch_issue", fault);
        var counts = (await new BatchStore(city.Source).Find(job.BatchId!.Value, Cancel))!.Counts;
        Assert.Equal((city.SecondCount, 0L, 10L, 10L, 10L), ((int)counts.Accepted, counts.Refused, counts.Changed, counts.Moved, counts.Removed));
        Assert.Equal(before, await city.Content());

        // Its rows are written when it comes to count the layer's version up.
        await Struck(city, job, ImportTask.Publish, ImportJobState.Ended, "cityops.layer", fault);
        Assert.Equal(city.Expected, await city.Meaning());

        await Struck(city, job, ImportTask.RollBack, ImportJobState.Ended, "cityops.layer", fault);
        Assert.Equal(before, await city.Content());
        Assert.Empty(await city.StagingTables());
        await city.Recovered();
    }

    [Theory]
    [InlineData(Fault.HostKilled)]
    [InlineData(Fault.ServerKilled)]
    [InlineData(Fault.SessionKilled)]
    public async Task Confirmed_edits_are_there_and_an_export_that_was_cut_off_does_not_look_whole(Fault fault)
    {
        var city = fixture.City;
        // What another test left when it failed is none of this one's.
        await city.ForgetEdits();
        using var ended = new CancellationTokenSource();
        var writer = new EditWriter(new(city.Host.Url), city.CameraFid);
        var writing = writer.Write(ended.Token);
        await Until(() => writer.Confirmed.Count > 2, writer);
        using var export = await SlowExport.Begin(new(city.Host.Url));

        await city.Strike(fault);
        var confirmed = writer.Confirmed.Count;
        await Until(() => writer.Confirmed.Count > confirmed + 2, writer);
        await ended.CancelAsync();
        await writing;

        Assert.False(await export.IsWhole());
        Assert.False(await city.Value<bool>("select is_finished from cityops.export_record order by id desc limit 1"));
        var written = await city.Value<string[]>($"select array_agg(name) from (select name from gis.cameras where fid = {city.CameraFid} union all select name from gis.cameras_history where fid = {city.CameraFid}) one");
        Assert.Empty(writer.Confirmed.Select(number => $"{number}").Except(written!));
        Assert.Equal(written!.Length, written.Distinct().Count());
        Assert.All(writer.Sentences, sentence => Assert.DoesNotContain("Npgsql", sentence, StringComparison.Ordinal));
        await city.ForgetEdits();
        await city.Recovered();
    }

    // The work is let into the middle of a step, and held there by a lock until it is struck.
    static async Task<ImportJob> Struck(FaultyCity city, ImportJob job, ImportTask task, ImportJobState ended, string table, Fault fault)
    {
        await using (await city.Hold(table, "share"))
        {
            await city.Queue(job, task);
            await city.SomebodyWaitsFor(table);
            if (fault == Fault.HostKilled)
                city.Host.Kill();
            else
                await city.Strike(fault);
        }
        if (fault == Fault.HostKilled)
            city.Host.Start();
        return await city.Comes(job.Id, ended);
    }

    static async Task Until(Func<bool> holds, EditWriter writer)
    {
        for (var left = 600; left > 0 && !holds(); left--)
            await Task.Delay(50, Cancel);
        Assert.True(holds(), $"{writer.Confirmed.Count} of {writer.Sent} edits were confirmed. {string.Join('\n', writer.Sentences.TakeLast(3))}");
    }
}
