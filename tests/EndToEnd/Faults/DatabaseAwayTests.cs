using System.Net;
using System.Text.Json;
using CityOps.Gis.PostGis.Batches;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>The database is stopped in order and comes back: programs that ask get a sentence and are told when to come again, maps go on, work waits.</summary>
[Collection(nameof(FaultyCityCollection))]
public sealed class DatabaseAwayTests(FaultyCityFixture fixture)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Questions_get_503_and_a_sentence_maps_go_on_from_memory_and_a_waiting_import_is_done_afterwards()
    {
        var city = fixture.City;
        var before = await city.Content();
        await city.Recovered();
        var job = await city.BringSecond();
        using var http = new HttpClient { BaseAddress = new(city.Host.Url) };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        await city.Queue(job, ImportTask.Import);

        city.Server.Stop();
        try
        {
            foreach (var path in new[] { $"/ogc/collections/cameras/items/{city.CameraFid}", "/export/components.csv", "/search?q=CAM1", $"/api/layers/cameras/features/{city.CameraFid}", "/tiles/cameras/15/27124/14092.mvt?executor=sql" })
                await Told(http, path);
            using var tile = await http.GetAsync("/tiles/cameras/16/54249/28185.mvt", Cancel);
            Assert.Equal(HttpStatusCode.OK, tile.StatusCode);
            using var health = await http.GetAsync("/health", Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        }
        finally
        {
            city.Server.Start();
        }

        var staged = await city.Comes(job.Id, ImportJobState.Staged);
        await city.RollBack(await city.Publish(staged));
        Assert.Equal(before, await city.Content());
        await city.Recovered();
    }

    static async Task Told(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {(int)answer.StatusCode} {body}");
        Assert.NotNull(answer.Headers.RetryAfter);
        var detail = JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString()!;
        Assert.Contains("The database", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", body, StringComparison.Ordinal);
    }
}
