using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Imports;
using Xunit;

namespace CityOps.Gis.Tests.Web.Imports;

public sealed class UploadTests(ImportServer server) : IClassFixture<ImportServer>
{
    [Fact]
    public async Task A_chunk_that_is_damaged_or_misplaced_counts_for_nothing_and_the_file_comes_whole_all_the_same()
    {
        var zip = Zip(100);
        var begun = await server.Begin(("第一次.zip", zip));
        var id = begun.GetProperty("files")[0].GetProperty("id").GetString()!;
        Assert.Equal(ImportServer.ChunkBytes, begun.GetProperty("chunk").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await server.Patch(id, 0, zip[..10_000])).StatusCode);
        Assert.Equal(460, (int)(await server.Patch(id, 10_000, zip[10_000..20_000], crc32: 1)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await server.Patch(id, 0, zip[..10_000])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Patch(id, 10_000, [.. zip[10_000..], 1])).StatusCode);
        Assert.Equal(10_000, await Offset(id));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Patch(id, 10_000, zip[10_000..])).StatusCode);

        var job = await server.Comes(begun.GetProperty("job").GetInt64(), ImportJobState.Found);
        Assert.Equal("第一次.zip", job.Name);
        Assert.Equal(zip, await File.ReadAllBytesAsync(Path.Combine(server.UploadFolder, job.Folder!, "第一次.zip"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_files_dropped_again_go_on_where_their_upload_stopped()
    {
        var (one, other) = (Zip(120), Zip(130));
        var first = await server.Begin(("a/一.zip", one), ("a/二.zip", other));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Patch(first.GetProperty("files")[1].GetProperty("id").GetString()!, 0, other[..10_000])).StatusCode);

        var again = await server.Begin(("a/二.zip", other), ("a/一.zip", one));

        Assert.Equal(first.GetProperty("job").GetInt64(), again.GetProperty("job").GetInt64());
        Assert.Equal([("a/一.zip", 0L), ("a/二.zip", 10_000L)], again.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("path").GetString()!, file.GetProperty("offset").GetInt64())));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"/api/imports/{again.GetProperty("job")}/upload", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(1, await server.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'upload-abandoned' and (after ->> 'job')::bigint = {again.GetProperty("job")}"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Patch(again.GetProperty("files")[0].GetProperty("id").GetString()!, 0, one[..10_000])).StatusCode);
    }

    [Fact]
    public async Task Files_of_a_folder_are_one_delivery_called_after_it_and_litter_stays_out()
    {
        using var folder = new TempFolder();
        SmallSurvey.Write(folder.File("路灯"), SmallSurvey.Lamps(20));
        var files = Directory.GetFiles(folder.Path).Select(path => ("普查成果/" + Path.GetFileName(path), File.ReadAllBytes(path))).Append(("普查成果/.DS_Store", [1])).ToArray();

        var begun = await server.Begin(files);
        foreach (var file in begun.GetProperty("files").EnumerateArray())
            Assert.Equal(HttpStatusCode.NoContent, (await server.Patch(file.GetProperty("id").GetString()!, 0, files.Single(one => one.Item1 == file.GetProperty("path").GetString()).Item2)).StatusCode);

        var job = await server.Comes(begun.GetProperty("job").GetInt64(), ImportJobState.Found);
        Assert.Equal("普查成果", job.Name);
        Assert.DoesNotContain(begun.GetProperty("files").EnumerateArray(), file => file.GetProperty("path").GetString()!.Contains(".DS_Store", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a/../../b.zip")]
    [InlineData("a\\..\\b.zip")]
    [InlineData(" .zip")]
    [InlineData("a\u0007.zip")]
    [InlineData("")]
    public void A_name_that_climbs_out_or_that_no_disk_bears_is_refused(string path) => Assert.Null(SafePath.Of(path));

    [Theory]
    [InlineData("/普查/路灯.shp", "普查/路灯.shp")]
    [InlineData("C:\\a\\b.zip", "C:/a/b.zip")]
    [InlineData("a..b.zip", "a..b.zip")]
    public void Other_names_stay_as_they_are_below_the_folder(string path, string safe) => Assert.Equal(safe, SafePath.Of(path));

    [Fact]
    public async Task More_bytes_than_are_taken_are_refused_with_a_sentence_before_any_is_sent()
    {
        _ = server.Database.Source;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/imports/uploads") { Content = JsonContent.Create(new { files = new[] { new { path = "a.zip", size = 5L << 30, modified = 1 } } }) };
        request.Headers.Add("Accept-Language", "en");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("The files are 5 GB, more than the", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_beyond_all_numbers_are_a_callers_mistake_too()
    {
        _ = server.Database.Source;
        using var answer = await server.Http.PostAsJsonAsync(
            "/api/imports/uploads", new { files = new[] { new { path = "a.zip", size = long.MaxValue, modified = 1 }, new { path = "b.zip", size = long.MaxValue, modified = 1 } } }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_upload_that_nobody_goes_on_with_is_cleared_away()
    {
        var zip = Zip(90);
        var begun = await server.Begin(("旧.zip", zip));
        await server.Patch(begun.GetProperty("files")[0].GetProperty("id").GetString()!, 0, zip[..10_000]);
        var job = (await server.Jobs.Find(begun.GetProperty("job").GetInt64(), TestContext.Current.CancellationToken))!;
        await server.Database.Run($"update cityops.import_job set updated_at = now() - interval '3 days' where id = {job.Id}");

        Assert.Equal(1, await server.Service<ImportSweeper>().Sweep(TestContext.Current.CancellationToken));

        Assert.False(Directory.Exists(Path.Combine(server.UploadFolder, job.Folder!)));
        Assert.Null(await server.Jobs.Find(job.Id, TestContext.Current.CancellationToken));
    }

    byte[] Zip(int lamps) => server.Zip(SmallSurvey.Lamps(lamps));

    async Task<long> Offset(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/imports/uploads/{id}");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
