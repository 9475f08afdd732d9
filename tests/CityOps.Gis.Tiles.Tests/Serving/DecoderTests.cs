using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>Tiles as served, read by three decoders of others and by ours: the same features, ids, attributes and kinds of geometry.</summary>
public sealed class DecoderTests(TileServer server) : IClassFixture<TileServer>
{
    public static TheoryData<string, int, string> Tiles => new()
    {
        { "components", 14, "?executor=snapshot" },
        { "components", 14, "?executor=sql" },
        { "components", 14, "?class=01,03" },
        { "components", 10, "" },
        { "components", 10, "?executor=sql" },
        { "cameras,components", 14, "" },
        { "cameras", 12, "" },
    };

    [Theory]
    [MemberData(nameof(Tiles))]
    public async Task Four_decoders_read_the_same(string layers, int zoom, string query)
    {
        var at = TileServer.At(118.1, 24.5, zoom);
        using var folder = new TempFolder();
        using var response = await server.Get($"/tiles/{layers}/{at}.mvt{query}");
        var tile = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        await File.WriteAllBytesAsync(folder.File("tile.mvt"), tile);

        var ours = Decoded.ByUs(tile);
        Assert.True(ours.Count > 20, $"{ours.Count} features");
        Assert.Equal(ours, Decoded.ByMapbox(folder.File("tile.mvt")));
        Assert.Equal(ours, Decoded.ByNetTopologySuite(tile, at));
        Assert.Equal(ours, Decoded.ByGdal(folder.File("tile.mvt"), layers.Split(',')));
    }

    [Fact]
    public async Task Ogrinfo_names_the_layers_and_counts_their_features()
    {
        using var folder = new TempFolder();
        using var response = await server.Get($"/tiles/components/{TileServer.Busy}.mvt");
        var tile = await response.Content.ReadAsByteArrayAsync();
        await File.WriteAllBytesAsync(folder.File("tile.mvt"), tile);

        var said = Decoded.Run("ogrinfo", "-al", "-so", "MVT:" + folder.File("tile.mvt"), "-oo", "CLIP=NO");

        Assert.Contains("Layer name: components", said, StringComparison.Ordinal);
        Assert.Contains($"Feature Count: {Decoded.ByUs(tile).Count}\n", said, StringComparison.Ordinal);
    }
}
