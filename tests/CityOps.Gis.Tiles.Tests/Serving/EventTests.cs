using System.Net;
using System.Text.Json;
using CityOps.Gis.Tiles.Serving;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>What open maps are told, over HTTP and by the queue itself.</summary>
public sealed class EventTests(TileServer server) : IClassFixture<TileServer>
{
    [Fact]
    public async Task A_listener_hears_of_its_layers_and_of_no_other()
    {
        using var reader = await Listen("/tiles/events?layers=components,cameras");
        server.Live.Tell(new("roads", 3, null));
        server.Live.Tell(new("components", 7, [new(18, 5, 6), new(18, 5, 7)]));

        var (data, id) = await Next(reader);

        Assert.Equal("""{"layer":"components","version":7,"zoom":18,"tiles":[[5,6],[5,7]]}""", data);
        Assert.Equal("1", id);
    }

    [Fact]
    public async Task All_of_a_layer_is_told_as_null()
    {
        using var reader = await Listen("/tiles/events?layers=cameras");
        server.Live.Tell(new("cameras", 8, null));

        Assert.Equal("""{"layer":"cameras","version":8,"zoom":null,"tiles":null}""", (await Next(reader)).Data);
    }

    [Fact]
    public async Task Tiles_that_show_a_change_beyond_their_edge_are_named_with_their_zoom()
    {
        using var reader = await Listen("/tiles/events?layers=roads");
        server.Live.Tell(new("roads", 7, [new(18, 5, 6)], [new(9, 1, 0), new(8, 1, 0)]));

        Assert.Equal("""{"layer":"roads","version":7,"zoom":18,"tiles":[[5,6]],"beside":[[9,1,0],[8,1,0]]}""", (await Next(reader)).Data);
    }

    [Fact]
    public async Task Many_changes_come_in_few_messages()
    {
        using var reader = await Listen("/tiles/events?layers=components");
        for (var change = 1; change <= 200; change++)
            server.Live.Tell(new("components", change, [new(18, change, 1)]));

        var (tiles, messages, version) = (new HashSet<int>(), 0, 0L);
        for (; version < 200; messages++)
        {
            using var data = JsonDocument.Parse((await Next(reader)).Data);
            version = data.RootElement.GetProperty("version").GetInt64();
            tiles.UnionWith(data.RootElement.GetProperty("tiles").EnumerateArray().Select(tile => tile[0].GetInt32()));
        }

        Assert.Equal(200, tiles.Count);
        Assert.InRange(messages, 1, 20);
    }

    [Fact]
    public async Task Who_comes_back_is_told_to_take_everything_again()
    {
        using var reader = await Listen("/tiles/events?layers=components", ("Last-Event-ID", "12"));

        Assert.Contains("\"tiles\":null", (await Next(reader)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_layer_is_refused()
    {
        using var response = await server.Get("/tiles/events?layers=components,nowhere");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_with_the_host()
    {
        await server.Start();
        await using var host = await server.Host(new(Testing.PostGisDatabase.Catalog), new());
        using var http = TileServer.Client(host);
        using var response = await http.GetAsync("/tiles/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        await host.StopAsync();

        while (await reader.ReadLineAsync() is not null)
        {
            // What was on its way before the end.
        }
    }

    [Fact]
    public async Task A_slow_listener_is_told_of_the_whole_layer_instead_of_every_tile()
    {
        var changes = new TileChanges();
        for (var change = 1; change <= 100_000; change++)
            changes.Add(new("components", change, [new(18, change, 1)]));
        changes.Add(new("cameras", 5, [new(18, 1, 1), new(12, 1, 1)]));

        Assert.True(await changes.Wait(TimeSpan.Zero, default));
        var taken = changes.Take();
        Assert.Equal([("cameras", 12, 5L), ("cameras", 18, 5L), ("components", null, 100_000L)], taken.Select(one => (one.LayerId, one.Tiles?[0].Zoom, one.Version)).Order());
        Assert.False(await changes.Wait(TimeSpan.Zero, default));
        Assert.Empty(changes.Take());
    }

    async Task<StreamReader> Listen(string path, params (string Name, string Value)[] headers)
    {
        var http = await server.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith(": listening", StringComparison.Ordinal))
        {
            // Until the stream says that it listens.
        }
        return reader;
    }

    static async Task<(string Data, string? Id)> Next(StreamReader reader)
    {
        var id = default(string);
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (line[6..], id);
        throw new EndOfStreamException("The stream of events ended.");
    }
}
