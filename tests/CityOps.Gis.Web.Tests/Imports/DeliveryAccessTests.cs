using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Imports;

/// <summary>Survey teams of two districts deliver side by side; each finds its own deliveries on every path, and nothing of the other's on any.</summary>
public sealed class DeliveryAccessTests(ImportServer server) : IClassFixture<ImportServer>, IAsyncLifetime
{
    const string West = "west", East = "east", Chief = "chief", Moved = "moved", Wider = "wider";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        server.People[West] = Surveyor(West, new() { Districts = ["350203"] });
        server.People[East] = Surveyor(East, new() { Districts = ["350206"] });
        server.People[Chief] = Surveyor(Chief, null);
        // The western surveyor, after he was given another district, or one more.
        server.People[Moved] = Surveyor(West, new() { Districts = ["350206"] });
        server.People[Wider] = Surveyor(West, new() { Districts = ["350206", "350203"] });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_delivery_is_there_for_its_maker_and_for_who_sees_the_whole_city_and_for_nobody_else_on_any_path()
    {
        var staged = await Staged(West, SmallSurvey.Lamps(20), "西.zip");
        string[] paths =
        [
            $"/api/imports/{staged.Id}/preview.geojson", $"/api/imports/batches/{staged.BatchId}/faults.geojson", $"/api/imports/batches/{staged.BatchId}/difference.geojson?kind=added",
            $"/api/imports/batches/{staged.BatchId}/report.html", $"/api/imports/batches/{staged.BatchId}/report.xlsx", $"/api/imports/batches/{staged.BatchId}/report.geojson",
            $"/api/imports/batches/{staged.BatchId}/quarantine.geojson", $"/api/imports/batches/{staged.BatchId}/quarantine.csv",
        ];

        foreach (var path in paths)
            Assert.Equal([path, "OK", "OK", "OK", "NotFound", "NotFound"], [path, .. await Task.WhenAll(new[] { West, Chief, Wider, East, Moved }.Select(person => Status(person, path)))]);
        // Five files by three people; who was given none took none.
        Assert.Equal(15, await server.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'file-taken' and (after ->> 'batch')::bigint = {staged.BatchId}"));
        foreach (var (person, isTheirs) in new[] { (West, true), (Chief, true), (Wider, true), (East, false), (Moved, false) })
            using (server.People[person].Enter())
            {
                var listed = await server.Service<ImportListings>().Latest(100, Cancel);
                Assert.Equal(
                    (person, isTheirs, isTheirs, isTheirs, isTheirs, isTheirs),
                    (person, await server.Jobs.Find(staged.Id, Cancel) is not null, await server.Jobs.OfBatch(staged.BatchId!.Value, Cancel) is not null, await server.Batches.Find(staged.BatchId.Value, Cancel) is not null,
                        (await server.Batches.List(100, Cancel)).Any(batch => batch.Id == staged.BatchId), listed.Any(one => one.Job?.Id == staged.Id)));
            }
    }

    [Fact]
    public async Task Files_on_their_way_are_gone_on_with_by_the_one_who_sends_them_alone()
    {
        var zip = server.Zip(SmallSurvey.Lamps(120, from: 2_000));
        using var west = server.BrowserOf(West);
        using var east = server.BrowserOf(East);
        var begun = await server.Begin(west, ("路上.zip", zip));
        var (id, job) = (begun.GetProperty("files")[0].GetProperty("id").GetString()!, begun.GetProperty("job").GetInt64());

        Assert.Equal(HttpStatusCode.NotFound, (await server.Patch(id, 0, zip[..10_000], browser: east)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await east.SendAsync(new(HttpMethod.Head, $"/api/imports/uploads/{id}"), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await east.DeleteAsync($"/api/imports/{job}/upload", Cancel)).StatusCode);
        // The same files are another delivery when another brings them.
        Assert.NotEqual(job, (await server.Begin(east, ("路上.zip", zip))).GetProperty("job").GetInt64());
        Assert.Equal(job, (await server.Begin(west, ("路上.zip", zip))).GetProperty("job").GetInt64());
        Assert.Equal(HttpStatusCode.NoContent, (await server.Patch(id, 0, zip[..10_000], browser: west)).StatusCode);
    }

    [Fact]
    public async Task Mended_rows_are_brought_to_ones_own_batches_only()
    {
        var staged = await Staged(West, SmallSurvey.Lamps(4, from: 3_000), "修.zip");
        using var west = server.BrowserOf(West);
        using var east = server.BrowserOf(East);
        var request = new { files = new[] { new { path = "修.geojson", size = 1, modified = 1 } }, mends = staged.BatchId };

        Assert.Equal(HttpStatusCode.NotFound, (await east.PostAsJsonAsync("/api/imports/uploads", request, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await west.PostAsJsonAsync("/api/imports/uploads", request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_is_shown_of_a_delivery_lies_in_the_scope_and_another_publishes_it()
    {
        var lamps = SmallSurvey.Lamps(40, from: 4_000);
        await Publish(await Staged(Chief, lamps, "全市.zip"));
        var staged = await Staged(West, [.. lamps[..20].Select(lamp => lamp with { State = "破损" })], "普查.zip");

        foreach (var kind in Enum.GetNames<DifferenceKind>())
            Assert.All((await Json(West, $"/api/imports/batches/{staged.BatchId}/difference.geojson?kind={kind}")).GetProperty("features").EnumerateArray(),
                feature => Assert.InRange(feature.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), 117.99, 118.01));
        Assert.Equal(10, (await Json(West, $"/api/imports/batches/{staged.BatchId}/difference.geojson?kind=changed")).GetProperty("features").GetArrayLength());
        await Publish(staged);
        Assert.Equal("10", Assert.Single(await server.Database.Rows($"select count(*) from gis.components where batch_id = {staged.BatchId} and district_code = '350203' and status = '破损'")));
        Assert.Equal("0", Assert.Single(await server.Database.Rows($"select count(*) from gis.components where batch_id = {staged.BatchId} and district_code <> '350203'")));
    }

    [Fact]
    public async Task The_batch_keeps_who_made_it_and_within_which_scope()
    {
        var staged = await Staged(West, SmallSurvey.Lamps(4, from: 5_000), "谁.zip");

        Assert.Equal($"{West}|{West}|district:350203", Assert.Single(await server.Database.Rows($"select made_by_id, made_by, array_to_string(scope, ',') from cityops.batch where id = {staged.BatchId}")));
    }

    static Caller Surveyor(string name, JurisdictionScope? scope) => new(name, name, Role.Surveyor.Permissions, scope) { Roles = [Role.Surveyor.Id] };

    async Task<ImportJob> Staged(string person, IEnumerable<SmallSurvey.Lamp> lamps, string name)
    {
        using var browser = server.BrowserOf(person);
        var job = await server.Bring(name, server.Zip(lamps), browser);
        using (server.People[person].Enter())
            await server.Queue(job, ImportTask.Import);
        return await server.Comes(job.Id, ImportJobState.Staged);
    }

    async Task Publish(ImportJob job)
    {
        using (server.People[Chief].Enter())
            await server.Queue(job, ImportTask.Publish);
        await server.Comes(job.Id, ImportJobState.Ended);
    }

    async Task<string> Status(string person, string path)
    {
        using var browser = server.BrowserOf(person);
        using var answer = await browser.GetAsync(path, Cancel);
        return answer.StatusCode.ToString();
    }

    async Task<JsonElement> Json(string person, string path)
    {
        using var browser = server.BrowserOf(person);
        return await browser.GetFromJsonAsync<JsonElement>(path, Cancel);
    }
}
