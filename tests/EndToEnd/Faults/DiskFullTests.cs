using System.IO.Hashing;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing.Faults;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>A disk runs full under the product: the product's own, and the database's. It is a tmpfs of some megabytes, so that the failure is the real one.</summary>
[Collection(nameof(FaultyCityCollection))]
public sealed class DiskFullTests(FaultyCityFixture fixture)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_full_disk_maps_stay_live_uploads_are_told_and_all_goes_on_when_there_is_room()
    {
        var city = fixture.City;
        using var disk = Mounted(48);
        using var host = new HostProcess("web", city.Server.ConnectionString, disk.Path);
        using var http = new HttpClient { BaseAddress = new(host.Url) };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        await Live(http, "cameras", null);
        var (id, chunk) = await Begin(http);

        disk.Fill();
        await city.Run($"update gis.cameras set name = '满' where fid = {city.CameraFid}");
        await Live(http, "cameras", "满");
        await Heard(host, "could not be written", () => Change("满"));
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Path, "snapshots"), "*.part"));
        using (var refused = await Send(http, id, chunk))
            await Told(refused, "disk is full");
        using (var unbegun = await http.PostAsJsonAsync("/api/imports/uploads", new { files = new[] { new { path = "b.zip", size = 1_000_000, modified = 1 } } }, Cancel))
            await Told(unbegun, "too little room");

        disk.Empty();
        await city.Run($"update gis.cameras set name = '空' where fid = {city.CameraFid}");
        using var sent = await Send(http, id, chunk);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        await Live(http, "cameras", "空");
        await Written(Path.Combine(disk.Path, "snapshots"), "空", () => Change("空"));
        await city.ForgetEdits();

        // A file is due some time after the last one, with the next change.
        Task Change(string name) => city.Run($"update gis.cameras set name = '{name}', range_m = random() where fid = {city.CameraFid}");
    }

    [Fact]
    public async Task An_import_that_fills_the_databases_disk_ends_in_a_sentence_and_goes_through_when_there_is_room()
    {
        _ = fixture.City;
        using var disk = Mounted(420);
        await using var city = await FaultyCity.Make(lamps: 3_000, parent: disk.Path);
        var before = await city.Content();
        var job = await city.BringSecond();

        disk.Fill();
        await city.Queue(job, ImportTask.Import);
        var failed = await city.Comes(job.Id, ImportJobState.Failed);
        Assert.Contains("The disk is full", failed.Fault!.En, StringComparison.Ordinal);
        Assert.Contains("磁盘已满", failed.Fault.Zh, StringComparison.Ordinal);
        Assert.Equal(before, await city.Content());

        disk.Empty();
        await city.Publish(await city.Stage(job));
        Assert.Equal(city.Expected, await city.Meaning());
    }

    static SmallDisk Mounted(int megabytes)
    {
        var disk = SmallDisk.Mount(megabytes);
        Assert.False(disk is null && Environment.GetEnvironmentVariable("CI") == "true", "No small disk can be mounted, and CI runs every test.");
        Assert.SkipWhen(disk is null, "This user may not mount a small disk; run as root.");
        return disk!;
    }

    static async Task<(string Id, byte[] Chunk)> Begin(HttpClient http)
    {
        var chunk = new byte[200_000];
        Random.Shared.NextBytes(chunk);
        using var begun = await http.PostAsJsonAsync("/api/imports/uploads", new { files = new[] { new { path = "a.bin", size = chunk.Length, modified = 1 } } }, Cancel);
        var answer = await begun.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return (answer.GetProperty("files")[0].GetProperty("id").GetString()!, chunk);
    }

    static async Task<HttpResponseMessage> Send(HttpClient http, string id, byte[] chunk)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/imports/uploads/{id}") { Content = new ByteArrayContent(chunk) };
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        request.Headers.Add("Upload-Offset", "0");
        request.Headers.Add("Upload-Checksum", $"crc32 {Convert.ToBase64String([.. BitConverter.GetBytes(Crc32.HashToUInt32(chunk)).Reverse()])}");
        return await http.SendAsync(request, Cancel);
    }

    static async Task Told(HttpResponseMessage answer, string sentence)
    {
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    static async Task Live(HttpClient http, string layer, string? text)
    {
        for (var left = 400; left > 0; left--, await Task.Delay(50, Cancel))
        {
            using var tile = await http.GetAsync($"/tiles/{layer}/16/54249/28185.mvt", Cancel);
            if (tile.Headers.GetValues("X-CityOps-Data").Single().StartsWith("live", StringComparison.Ordinal) && (text is null || (await tile.Content.ReadAsStringAsync(Cancel)).Contains(text, StringComparison.Ordinal)))
                return;
        }
        Assert.Fail($"The tile of {layer} is not live with {text}.");
    }

    static async Task Heard(HostProcess host, string text, Func<Task> again)
    {
        for (var left = 30; left > 0 && !host.Log.Any(line => line.Contains(text, StringComparison.Ordinal)); left--, await Task.Delay(600, Cancel))
            await again();
        Assert.Contains(host.Log, line => line.Contains(text, StringComparison.Ordinal));
    }

    // In the large file or in the one of changes, as the engine has merged them.
    static async Task Written(string folder, string text, Func<Task> again)
    {
        for (var left = 30; left > 0; left--, await Task.Delay(600, Cancel), await again())
            foreach (var file in Directory.GetFiles(folder, "cameras.*").Where(file => !file.EndsWith(".part", StringComparison.Ordinal)))
                if ((await File.ReadAllTextAsync(file, Cancel)).Contains(text, StringComparison.Ordinal))
                    return;
        Assert.Fail($"No file of the cameras holds {text}.");
    }
}
