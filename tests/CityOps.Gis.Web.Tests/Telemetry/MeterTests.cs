using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using CityOps.Gis.Tests.Web.Safety;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Safety;
using CityOps.Gis.Web.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CityOps.Gis.Tests.Web.Telemetry;

/// <summary>What the server counts about itself, and sends to where OpenTelemetry's own variables say.</summary>
[Collection(nameof(LogTests))]
public sealed class MeterTests(SafeServer server) : IClassFixture<SafeServer>
{
    [Fact]
    public async Task Tiles_exports_layers_and_requests_turned_away_are_counted()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Meter.Name is GisMeters.Name or TileMeters.Name)
                    all.EnableMeasurementEvents(instrument);
            },
        };
        void Note(string name, double value) => seen.AddOrUpdate(name, value, (_, sum) => sum + value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument.Name, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Note(instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument.Name, value));
        listener.Start();

        var limits = new Dictionary<RequestClass, ClassLimits>(ClassLimits.Usual) { [RequestClass.Question] = new(1, 0, 0, 0) };
        using var client = SafeServer.Client(await server.Start(options => options with { Safety = new() { Limits = limits } }));
        await client.GetByteArrayAsync("/tiles/districts/10/847/439.mvt", TestContext.Current.CancellationToken);
        await client.GetByteArrayAsync("/tiles/districts/10/847/439.mvt", TestContext.Current.CancellationToken);
        await client.GetByteArrayAsync("/export/districts.csv", TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Status(client, "/ogc/collections/districts/items")));
        listener.RecordObservableInstruments();

        Assert.True(seen["cityops.tile.duration"] > 0);
        Assert.True(seen["cityops.tile.kept"] >= 1);
        Assert.True(seen["cityops.export.rows"] >= 2);
        Assert.True(seen["cityops.export.size"] > 100);
        Assert.True(seen["cityops.layers"] > 5);
        Assert.Equal(answers.Count(status => status == HttpStatusCode.ServiceUnavailable), seen.GetValueOrDefault("cityops.requests.shed"));
    }

    [Fact]
    public async Task Metrics_and_traces_go_to_the_collector_without_what_people_asked_for()
    {
        var received = new ConcurrentDictionary<string, byte[]>();
        await using var collector = await Collector(received);
        var settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_METRIC_EXPORT_INTERVAL"] = "300", ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        };
        foreach (var (name, value) in settings)
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            using var client = SafeServer.Client(await server.Start(options => options));
            using (await client.GetAsync("/search?q=13912345678", TestContext.Current.CancellationToken))
            {
                // What is sent to the collector is what counts.
            }
            for (var left = 100; left > 0 && received.Count < 2; left--)
                await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var name in settings.Keys)
                Environment.SetEnvironmentVariable(name, null);
        }
        var (metrics, traces) = (Text(received["/v1/metrics"]), Text(received["/v1/traces"]));
        Assert.Contains("cityops.layers", metrics, StringComparison.Ordinal);
        Assert.Contains("cityops-gis", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("13912345678", metrics + traces, StringComparison.Ordinal);
    }

    static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    static async Task<WebApplication> Collector(ConcurrentDictionary<string, byte[]> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate("/v1/" + signal, body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
        });
        await collector.StartAsync();
        return collector;
    }

    static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
