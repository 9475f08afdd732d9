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

            var made = Read(ours.Tile(snapshot, query, tile));
            var wanted = Read(await theirs.Tile(RandomLayer.Layer, query, tile, TestContext.Current.CancellationToken));

            var drawn = made.Concat(wanted).Where(IsShape).Select(feature => feature.Id).ToHashSet();
            Assert.Equal(Lines(wanted.Where(feature => !drawn.Contains(feature.Id))), Lines(made.Where(feature => !drawn.Contains(feature.Id))));
            Assert.Equal(Lines(wanted.Where(IsPlain)), Lines(made.Where(feature => wanted.Any(other => other.Id == feature.Id && IsPlain(other)))));
            Assert.DoesNotContain(made.Where(IsPlain), feature => wanted.All(other => other.Id != feature.Id));
            seen += made.Count;
        }
        Assert.True(seen > 5_000, $"{seen} features were compared.");
    }

    static IReadOnlyList<MvtFeature> Read(ReadOnlyMemory<byte> tile) => tile.IsEmpty ? [] : MvtReader.Read(tile.Span).Layers.Single().Features;

    static bool IsShape(MvtFeature feature) => feature.Type != MvtGeometryType.Point;

    // A line or polygon that shows more than a few units within the tile proper; what is smaller, or in the buffer alone, the executors may draw or leave out.
    static bool IsPlain(MvtFeature feature)
        => IsShape(feature) && new[] { 0, 1 }.All(axis =>
        {
            var within = feature.Parts.SelectMany(part => part.Where((_, at) => at % 2 == axis)).ToList();
            return Math.Min(within.Max(), TileQuery.Extent) - Math.Max(within.Min(), 0) > 16;
        });

    // Ids, attributes and, of points, the place; the vertices of lines and polygons may differ by a unit.
    static List<string> Lines(IEnumerable<MvtFeature> features)
        => [.. features.Select(feature => string.Join('|',
            feature.Id, feature.Type,
            feature.Type == MvtGeometryType.Point ? string.Join(' ', feature.Parts[0]) : "",
            string.Join(' ', feature.Attributes.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")))).Order(StringComparer.Ordinal)];
}
