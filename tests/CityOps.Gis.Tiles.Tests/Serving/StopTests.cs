using System.Net;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>Work for a tile: done once for many, and stopped for nobody. A lock on the table keeps PostGIS from answering for as long as a test wants.</summary>
public sealed class StopTests(TileServer server) : IClassFixture<TileServer>
{
    [Fact]
    public async Task Many_who_ask_for_one_missing_tile_have_it_made_once()
    {
        await server.Start();
        Task<HttpResponseMessage>[] asked;
        await using (await Locked("cameras"))
        {
            var before = server.Cache.Misses;
            asked = [.. Enumerable.Range(0, 12).Select(_ => server.Get($"/tiles/cameras/{TileServer.Busy}.mvt"))];
            await Until(async () => server.Cache.Misses == before + asked.Length && await Blocked() > 0);

            Assert.Equal(1, await Blocked());
        }
        var answers = await Task.WhenAll(asked);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, answers.Count(answer => answer.Headers.GetValues("Server-Timing").Single().StartsWith("cache;desc=miss", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_statement_ends_when_its_client_goes_away()
    {
        var http = await server.Start();
        await using var held = await Locked("devices");
        using var patience = new CancellationTokenSource();
        var asked = http.GetAsync($"/tiles/devices/{TileServer.Busy}.mvt", patience.Token);
        await Until(async () => await Blocked() == 1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Until(async () => await Blocked() == 0);
    }

    [Fact]
    public async Task When_the_maker_goes_away_one_who_waits_makes_the_tile()
    {
        var http = await server.Start();
        using var patience = new CancellationTokenSource();
        Task<HttpResponseMessage> first, second;
        await using (await Locked("cases"))
        {
            var before = server.Cache.Misses;
            first = http.GetAsync($"/tiles/cases/{TileServer.Busy}.mvt", patience.Token);
            await Until(async () => await Blocked() == 1);
            second = server.Get($"/tiles/cases/{TileServer.Busy}.mvt");
            await Until(() => Task.FromResult(server.Cache.Misses == before + 2));
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        }
        using var answer = await second;

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task A_tile_from_memory_that_nobody_wants_is_given_up()
    {
        await server.Start();
        var plan = TilePlan.Of(new(server.Live.Find("components")!, new("components")), TileServer.Crowded);

        Assert.Throws<OperationCanceledException>(() => TileSource.MakeNow(plan, new SnapshotTiles(TileLimits.None), new(canceled: true)));
    }

    [Fact]
    public async Task Without_a_database_memory_answers_and_what_it_does_not_hold_is_a_503()
    {
        await server.Start();
        await using var gone = Connections.Open("Host=/nowhere;Username=nobody;Timeout=1");
        await using var host = await server.Host(server.Live, new(), source: gone);
        using var http = TileServer.Client(host);

        using var held = await http.GetAsync($"/tiles/components/{TileServer.Busy}.mvt");
        using var other = await http.GetAsync($"/tiles/cameras/{TileServer.Busy}.mvt");

        Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, other.StatusCode);
    }

    [Fact]
    public async Task With_the_cache_off_tiles_are_the_same()
    {
        await server.Start();
        await using var host = await server.Host(server.Live, new() { CacheBytes = 0 });
        using var http = TileServer.Client(host);
        foreach (var path in new[] { $"components/{TileServer.Busy}.mvt", $"components,cameras/{TileServer.Busy}.mvt", $"components/{TileServer.Empty}.mvt" })
        {
            using var kept = await server.Get("/tiles/" + path);
            using var made = await http.GetAsync("/tiles/" + path);

            Assert.Equal(kept.Headers.ETag, made.Headers.ETag);
            Assert.Equal(await kept.Content.ReadAsByteArrayAsync(), await made.Content.ReadAsByteArrayAsync());
        }
    }

    // Until the connection is closed.
    async Task<NpgsqlConnection> Locked(string layer)
    {
        var connection = await server.Layer.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {SqlName.Table(layer)} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    Task<long> Blocked()
        => server.Layer.Database.Value<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    static async Task Until(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Delay(10);
    }
}
