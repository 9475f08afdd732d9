using System.Diagnostics;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>An import that is killed at any moment leaves the published layer as it was, and its batch can be resumed or dropped.</summary>
public sealed class KillTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    const int Seed = 20261124, Kills = 6;

    internal static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../../web/bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "CityOps.Gis.Web.dll"));

    readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync() => await database.Run(SmallCity.Sql);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_killed_import_leaves_the_layer_as_it_was_and_can_be_resumed_or_dropped()
    {
        var first = SmallSurvey.ManyLamps(6_000);
        await database.Publish(SmallSurvey.Write(_folder.File("first"), first));
        var file = SmallSurvey.Write(_folder.File("second"), [.. SmallSurvey.Changed(first), .. SmallSurvey.ManyLamps(60_000)[6_000..]]);
        var whole = await database.Publish(file);
        var (expected, removed) = (await Meaning(), whole.Counts.Removed);
        await RollBack(whole);
        var (content, history) = (await database.Content("components"), await database.History("components"));
        var length = await Time(file);
        var random = new Random(Seed);
        var states = new List<BatchState>();

        for (var kill = 0; kill < Kills; kill++)
        {
            await Kill(file, length * (0.3 + 0.8 * (kill + random.NextDouble()) / Kills));
            var batch = (await new BatchStore(database.Source).List(1, TestContext.Current.CancellationToken))[0];
            states.Add(batch.State);
            if (batch.State is BatchState.Created or BatchState.Staging or BatchState.Staged)
            {
                Assert.True(content.SequenceEqual(await database.Content("components")), $"Kill {kill} of seed {Seed} changed the layer.");
                Assert.Equal(history, await database.History("components"));
                if (kill % 2 == 0)
                    await database.Importer().Drop(batch, TestContext.Current.CancellationToken);
                else
                    batch = (await database.Importer().Resume(batch, accept: true, cancel: TestContext.Current.CancellationToken)).Batch!;
            }
            Assert.Empty(await database.StagingTables());
            if (batch.State != BatchState.Published)
                continue;
            Assert.Equal(expected, await Meaning());
            Assert.Equal(removed, batch.Counts.Removed);
            await RollBack(batch);
            Assert.True(content.SequenceEqual(await database.Content("components")), $"The roll-back after kill {kill} of seed {Seed} left a trace.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{length} {string.Join(" ", states)}");
        Assert.Contains(states, state => state is BatchState.Staging or BatchState.Staged);
    }

    // What a feature is, without the numbers that every import gives anew.
    Task<List<string>> Meaning() => database.Rows("select code, name, status, class_code, grid_code, department_code, first_date, geom::text from gis.components order by code");

    Task RollBack(Batch batch)
        => new Publication(database.Source, PostGisDatabase.Catalog).RollBack(PostGisDatabase.Catalog.Find("components")!, batch.Id, TestContext.Current.CancellationToken);

    async Task<TimeSpan> Time(string file)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start("check", file);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(process.ExitCode, 0, 1);
        return clock.Elapsed;
    }

    async Task Kill(string file, TimeSpan after)
    {
        using var process = Start("import", file);
        await Task.Delay(after, TestContext.Current.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        // The server notices when it next writes to the lost connection.
        while (await database.Value<long>("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'") > 0)
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    Process Start(string command, string file)
    {
        var start = new ProcessStartInfo("dotnet", [Program, command, file, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CITYOPS_DATABASE"] = database.ConnectionString;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
