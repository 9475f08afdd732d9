using System.Net;
using System.Net.Sockets;
using System.Text;
using CityOps.Gis.Web.Safety;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>More than the server can do: it does what it can, turns the rest away, and holds no more memory for it.</summary>
public sealed class OverloadTests(SafeServer server) : IClassFixture<SafeServer>
{
    const int AtOnce = 4, Waiting = 8, Requests = 2_000, MostSeconds = 30;

    [Fact]
    public async Task Of_two_thousand_dear_requests_some_are_served_the_rest_turned_away_at_once_and_cheap_ones_go_on()
    {
        var host = await server.Start(options => options with { Safety = new() { Limits = Few(RequestClass.Question), RateFactor = 0 } });
        using var client = SafeServer.Client(host);
        await Status(client, "/ogc/collections/components/items?limit=1");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // The database does not answer for this layer until the lock is given back.
        await using var jam = await Jam("gis.components");
        var requests = Enumerable.Range(0, Requests).Select(_ => Ask(client, "/ogc/collections/components/items?limit=1")).ToList();
        var early = requests.Where(request => request.IsCompleted).ToList();
        for (; early.Count < Requests - AtOnce - Waiting; early = [.. requests.Where(request => request.IsCompleted)])
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(early), answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, true), answer));

        foreach (var cheap in new[] { "/health", "/tiles/cameras/12/3391/1757.mvt", "/app.css", "/heat/cameras?cell=district" })
            Assert.InRange((int)await Status(client, cheap), 200, 299);

        await jam.RollbackAsync(TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(requests);
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.OK), AtOnce, AtOnce + Waiting);
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.OK || answer is { Status: HttpStatusCode.ServiceUnavailable, SaysWhen: true }, $"{answer}"));
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/ogc/collections/components/items?limit=1"));
        requests.Clear();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 << 20);
    }

    [Fact]
    public async Task What_takes_longer_than_it_may_is_ended_and_told()
    {
        var limits = new Dictionary<RequestClass, ClassLimits>(ClassLimits.Usual) { [RequestClass.Question] = ClassLimits.Usual[RequestClass.Question] with { MostTime = TimeSpan.FromSeconds(1) } };
        var host = await server.Start(options => options with { Safety = new() { Limits = limits } });
        using var client = SafeServer.Client(host);
        await using var jam = await Jam("gis.components");
        using var answer = await client.GetAsync("/ogc/collections/components/items?limit=1", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("took-too-long", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_a_sign_in_slowly_takes_no_place_of_those_who_sign_in()
    {
        var limits = new Dictionary<RequestClass, ClassLimits>(ClassLimits.Usual) { [RequestClass.SignIn] = ClassLimits.Usual[RequestClass.SignIn] with { AtOnce = 1, Waiting = 0 } };
        var host = await server.Start(options => options with { Safety = new() { Limits = limits, RateFactor = 0 } });
        using var client = SafeServer.Client(host);
        var senders = new List<Socket>();
        try
        {
            for (var one = 0; one < AtOnce; one++)
                senders.Add(await Send(new(host.Urls.First()), "POST /sign-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9", "a"));
            for (var one = 0; one < Waiting; one++)
            {
                using var form = new FormUrlEncodedContent([new("Name", "somebody")]);
                using var answer = await client.PostAsync("/sign-in", form, TestContext.Current.CancellationToken);
                Assert.NotEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
            // A slow one that ends is answered like anybody.
            await senders[0].SendAsync("=bcdefgh"u8.ToArray(), TestContext.Current.CancellationToken);
            var told = new byte[12];
            Assert.Equal(told.Length, await senders[0].ReceiveAsync(told, TestContext.Current.CancellationToken));
            Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(told), StringComparison.Ordinal);
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    [Fact]
    public async Task Readers_of_a_byte_a_second_are_cut_off_and_others_get_their_files()
    {
        await server.Database.Run("""
            insert into gis.devices (device_id, name, kind, status, geom)
            select 'slow' || n, repeat('device of a slow reader ', 80), 'manhole', 'online', ST_SetSRID(ST_MakePoint(118.0003 + n * 0.0000003, 24.405), 4490) from generate_series(1, 2000) n
            """);
        var limits = new Dictionary<RequestClass, ClassLimits>(ClassLimits.Usual) { [RequestClass.Export] = new(AtOnce, 0, 0, 0) { LeastBytesPerSecond = 1 << 20 } };
        var host = await server.Start(options => options with { Safety = new() { Limits = limits, RateFactor = 0, Connections = Tight } });
        using var client = SafeServer.Client(host);
        var readers = new List<Task>();
        for (var one = 0; one < AtOnce; one++)
            readers.Add(ReadSlowly(new(host.Urls.First()), "/export/devices.csv"));

        // They hold every place of their kind until they are cut off; tiles are of another kind.
        Assert.Equal(HttpStatusCode.NoContent, await Status(client, "/tiles/components/12/1/1.mvt"));
        await Task.WhenAll(readers);
        var status = HttpStatusCode.ServiceUnavailable;
        for (var left = 50; left > 0 && status == HttpStatusCode.ServiceUnavailable; left--, await Task.Delay(100, TestContext.Current.CancellationToken))
            status = await Status(client, "/export/devices.csv");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Readers_who_take_a_byte_of_a_large_tile_and_wait_hold_nobody_up()
    {
        await server.Database.Run("""
            insert into gis.cameras (camera_id, name, status, geom)
            select 'tile' || n, repeat('camera in a large tile ', 6) || n, 'online', ST_SetSRID(ST_MakePoint(118.0003 + n * 0.0000003, 24.406), 4490) from generate_series(1, 2500) n
            """);
        var host = await server.Start(options => options with { Safety = new() { RateFactor = 0, Connections = Tight } });
        using var client = SafeServer.Client(host);
        Assert.InRange((await client.GetByteArrayAsync("/tiles/cameras/14/13562/7046.mvt", TestContext.Current.CancellationToken)).Length, 300_000, 500_000);
        var readers = new List<Socket>();
        try
        {
            for (var one = 0; one < 64; one++)
            {
                readers.Add(await Begin(new(host.Urls.First()), "/tiles/cameras/14/13562/7046.mvt"));
                Assert.Equal(1, await readers[^1].ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
            }
            // Nobody's place is taken: a hundred others get the tile meanwhile.
            var others = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Status(client, "/tiles/cameras/14/13562/7046.mvt")));
            Assert.All(others, status => Assert.Equal(HttpStatusCode.OK, status));
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    [Fact]
    public async Task The_events_of_an_open_map_outlast_every_limit_of_time()
    {
        var host = await server.Start(options => options with { Safety = new() { Connections = Tight }, Engine = new() { ConnectionString = server.Database.ConnectionString } });
        using var client = SafeServer.Client(host);
        await using var events = await client.GetStreamAsync("/tiles/events?layers=cameras", TestContext.Current.CancellationToken);
        using var reader = new StreamReader(events);
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        await server.Database.Run("insert into gis.cameras (camera_id, name, status, geom) values ('late', 'late', 'online', ST_SetSRID(ST_MakePoint(118.001, 24.404), 4490))");
        var line = "";
        while (line is not null && line != "event: tiles")
            line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal("event: tiles", line);
    }

    // Long waits made short: what takes minutes in the product takes seconds here.
    static ConnectionLimits Tight => new() { Rest = TimeSpan.FromSeconds(1), LeastBytesPerSecond = 1 << 20, Grace = TimeSpan.FromSeconds(1.5) };

    static Dictionary<RequestClass, ClassLimits> Few(RequestClass kind) => new(ClassLimits.Usual) { [kind] = ClassLimits.Usual[kind] with { AtOnce = AtOnce, Waiting = Waiting } };

    async Task<NpgsqlTransaction> Jam(string table)
    {
        var connection = await server.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"lock table {table} in access exclusive mode", connection, transaction);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return transaction;
    }

    /// <summary>Asks, and takes nothing yet.</summary>
    static Task<Socket> Begin(Uri server, string path) => Send(server, $"GET {path} HTTP/1.1", "");

    static async Task<Socket> Send(Uri server, string head, string body)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2_048 };
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{head}\r\nHost: {server.Authority}\r\n\r\n{body}"), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Asks, reads a byte a second, and ends when the server ends the connection.</summary>
    static async Task ReadSlowly(Uri server, string path)
    {
        using var socket = await Begin(server, path);
        var one = new byte[1];
        for (var seconds = 0; seconds < MostSeconds; seconds++, await Task.Delay(1_000, TestContext.Current.CancellationToken))
            // What came before the cut could be read for long; that it is cut, the socket knows at once.
            if (socket.Poll(0, SelectMode.SelectError) || await socket.ReceiveAsync(one, TestContext.Current.CancellationToken) == 0)
                return;
        Assert.Fail($"After {MostSeconds} s the server still bears a reader of a byte a second.");
    }

    static async Task<(HttpStatusCode Status, bool SaysWhen)> Ask(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.Contains("Retry-After"));
    }

    static async Task<HttpStatusCode> Status(HttpClient client, string path) => (await Ask(client, path)).Status;
}
