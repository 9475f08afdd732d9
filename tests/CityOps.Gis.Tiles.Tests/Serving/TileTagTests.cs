using System.IO.Compression;
using System.Net;
using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>ETag, If-None-Match and the codings.</summary>
public sealed class TileTagTests(TileServer server) : IClassFixture<TileServer>
{
    static readonly string Busy = $"/tiles/components/{TileServer.Busy}.mvt";

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task A_client_that_has_the_tile_is_told_so(string form)
    {
        using var first = await server.Get(Busy);
        using var again = await server.Get(Busy, ("If-None-Match", form.Replace("{0}", first.Headers.ETag!.Tag, StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("\"other\"")]
    [InlineData("nonsense")]
    public async Task A_client_that_has_another_tile_gets_this_one(string tag)
    {
        using var response = await server.Get(Busy, ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0.1, identity", null)]
    [InlineData("gzip;q=0, *;q=0", null)]
    [InlineData("deflate", null)]
    [InlineData("zstd, ;;;", null)]
    public async Task A_tile_is_packed_as_the_client_likes_best(string accept, string? coding)
    {
        using var plain = await server.Get(Busy);
        using var packed = await server.Get(Busy, ("Accept-Encoding", accept));

        Assert.Equal(coding, packed.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), Unpack(await packed.Content.ReadAsByteArrayAsync(), coding));
    }

    [Fact]
    public async Task Each_coding_has_a_tag_of_its_own_and_every_one_of_them_is_known_again()
    {
        var tags = new List<string>();
        foreach (var coding in new[] { "identity", "gzip", "br" })
            using (var response = await server.Get(Busy, ("Accept-Encoding", coding)))
                tags.Add(response.Headers.ETag!.Tag);

        Assert.Equal(3, tags.Distinct().Count());
        foreach (var tag in tags)
            using (var again = await server.Get(Busy, ("If-None-Match", tag)))
                Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_spelling_of_a_question_does_not_matter_and_its_meaning_does()
    {
        Assert.Equal(await TagOf("?district=350201&class=01"), await TagOf("?class=01&district=350201"));
        Assert.NotEqual(await TagOf("?district=350201&class=01"), await TagOf("?class=02&district=350201"));
        Assert.NotEqual(await TagOf(""), await TagOf("?class=00,01,02,03,04,05,06"));
    }

    [Fact]
    public async Task The_tag_changes_exactly_when_the_tile_does()
    {
        await server.Start();
        var live = server.Live.Find("components")!;
        var (before, view) = (await TagOf(""), live.View!);

        // Touched, and no other: the hash of the content stands.
        live.Touched.TouchAll(1_000);
        Assert.Equal(before, await TagOf(""));

        var fewer = view with { Parts = [new(view.Parts[0].Snapshot, DeadRows.None.With(Enumerable.Range(0, view.Parts[0].Snapshot.Placed)))] };
        live.Publish(fewer);
        Assert.Equal(before, await TagOf(""));
        live.Touched.TouchAll(1_001);
        using var gone = await server.Get(Busy);
        live.Publish(view);
        live.Touched.TouchAll(1_002);

        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(before, await TagOf(""));
    }

    [Fact]
    public async Task A_tile_of_PostGIS_is_kept_until_the_layer_has_another_version()
    {
        var path = $"/tiles/cameras/{TileServer.Busy}.mvt";
        using var first = await server.Get(path);
        using var again = await server.Get(path);
        await server.Layer.Database.Run("update gis.cameras set name = name || '!'; update cityops.layer set version = version + 1 where id = 'cameras'");
        using var changed = await server.Get(path);

        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.StartsWith("cache;desc=hit", again.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    async Task<string> TagOf(string query)
    {
        using var response = await server.Get(Busy + query);
        return response.Headers.ETag!.Tag;
    }

    static byte[] Unpack(byte[] bytes, string? coding)
    {
        using var from = new MemoryStream(bytes);
        using Stream unpacked = coding switch
        {
            "gzip" => new GZipStream(from, CompressionMode.Decompress),
            "br" => new BrotliStream(from, CompressionMode.Decompress),
            _ => from,
        };
        using var to = new MemoryStream();
        unpacked.CopyTo(to);
        return to.ToArray();
    }
}
