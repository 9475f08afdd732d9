using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

/// <summary>Two executors, one answer: tiles from the snapshot beside tiles from PostGIS.</summary>
public sealed class SnapshotTilesTests(RandomLayer layer) : IClassFixture<RandomLayer>
{
    [Fact]
    public async Task A_tile_holds_the_features_and_attributes_that_PostGIS_puts_in_it()
    {
        var snapshot = await layer.Snapshot();
        var (ours, theirs) = (new SnapshotTiles(), new TileQuery(layer.Source));
        var random = new Random(3502);
        var seen = 0;
        for (var round = 0; round < 60; round++)
        {
            var query = round % 3 == 0 ? new FeatureQuery("components") : RandomLayer.Question(random) with { Box = null };
            var row = random.Next(snapshot.Placed);
            var zoom = random.Next(8, 20);
            var tile = new TileCoord(zoom, (int)(snapshot.X[row] >> (32 - zoom)), (int)(snapshot.Y[row] >> (32 - zoom)));

            var made = Lines(ours.Tile(snapshot, query, tile));

            Assert.Equal(Lines(await theirs.Tile(RandomLayer.Layer, query, tile, TestContext.Current.CancellationToken)), made);
            seen += made.Count;
        }
        Assert.True(seen > 5_000, $"{seen} features were compared.");
    }

    // Ids, attributes and, of points, the place; the vertices of lines and polygons may differ by a unit.
    static List<string> Lines(ReadOnlyMemory<byte> tile)
        => tile.IsEmpty ? [] : [.. MvtReader.Read(tile.Span).Layers.Single().Features.Select(feature => string.Join('|',
            feature.Id, feature.Type,
            feature.Type == MvtGeometryType.Point ? string.Join(' ', feature.Parts[0]) : "",
            string.Join(' ', feature.Attributes.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")))).Order(StringComparer.Ordinal)];
}
