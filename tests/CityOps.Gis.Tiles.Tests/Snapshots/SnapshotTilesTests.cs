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
    [Theory]
    [InlineData(8_000)]
    [InlineData(40)]
    public async Task A_tile_holds_the_features_and_attributes_that_PostGIS_puts_in_it(int mostFeatures)
    {
        var limits = TileLimits.Default with { MostFeatures = mostFeatures };
        var snapshot = await layer.Snapshot();
        var (view, ours, theirs) = (LayerView.Of(snapshot), new SnapshotTiles(limits), new TileQuery(layer.Source, limits));
        var random = new Random(3502);
        var seen = 0;
        for (var round = 0; round < 60; round++)
        {
            var query = round % 3 == 0 ? new FeatureQuery("components") : RandomLayer.Question(random) with { Box = null };
            var row = random.Next(snapshot.Placed);
            var zoom = random.Next(8, 20);
            var tile = new TileCoord(zoom, (int)(snapshot.X[row] >> (32 - zoom)), (int)(snapshot.Y[row] >> (32 - zoom)));

            var made = Read(ours.Tile(view, query, tile));
            var wanted = Read(await theirs.Tile(RandomLayer.Layer, query, tile, TestContext.Current.CancellationToken));

            var drawn = made.Concat(wanted).Where(IsShape).Select(feature => feature.Id).ToHashSet();
            Assert.Equal(Lines(wanted.Where(feature => !drawn.Contains(feature.Id))), Lines(made.Where(feature => !drawn.Contains(feature.Id))));
            Assert.Equal(Lines(wanted.Where(IsPlain)), Lines(made.Where(feature => wanted.Any(other => other.Id == feature.Id && IsPlain(other)))));
            Assert.DoesNotContain(made.Where(IsPlain), feature => wanted.All(other => other.Id != feature.Id));
            seen += made.Count;
        }
        Assert.True(seen > 5_000, $"{seen} features were compared.");
    }

    [Fact]
    public async Task A_layer_that_takes_too_many_bytes_turns_into_cells_that_count_the_same()
    {
        var snapshot = await layer.Snapshot();
        var view = LayerView.Of(snapshot);
        var tile = new TileCoord(10, (int)(snapshot.X[0] >> 22), (int)(snapshot.Y[0] >> 22));
        var query = new FeatureQuery("components");
        var whole = Read(new SnapshotTiles(TileLimits.None).Tile(view, query, tile));

        var cells = Read(new SnapshotTiles(new(int.MaxValue, 100_000)).Tile(view, query, tile));

        Assert.All(cells, cell => Assert.Equal(true, cell.Attributes["aggregated"]));
        var within = new SnapshotFilter(snapshot, query).Blocks(WorldBox.OfTile(tile));
        var (spots, rows) = (0L, new int[BlockIndex.BlockRows]);
        foreach (var block in within)
            spots += new SnapshotFilter(snapshot, query).Select(block, WorldBox.OfTile(tile), Reach.Spot, rows);
        Assert.Equal(spots, cells.Sum(cell => Convert.ToInt64(cell.Attributes["cell_count"], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(whole.Count > spots / 2, "The tile held features before.");
    }

    [Fact]
    public async Task A_tile_of_several_layers_holds_each_as_it_would_stand_alone()
    {
        var view = LayerView.Of(await layer.Snapshot());
        var tile = new TileCoord(12, (int)(view.Parts[0].Snapshot.X[0] >> 20), (int)(view.Parts[0].Snapshot.Y[0] >> 20));
        var (tiles, other) = (new SnapshotTiles(), new FeatureQuery("components") { Statuses = ["移除"] });
        byte[] alone = [.. tiles.Tile(view, new("components"), tile).Span, .. new SnapshotTiles().Tile(view, other, tile).Span];

        tiles.Begin();
        tiles.Add(view, new("components"), tile);
        tiles.Add(view, other, tile);

        Assert.Equal(alone, tiles.End().ToArray());
        Assert.Equal(2, tiles.Accounts.Count);
    }

    [Fact]
    public async Task A_dead_row_is_in_no_tile_and_no_count()
    {
        var snapshot = await layer.Snapshot();
        var dead = DeadRows.None.With(Enumerable.Range(0, snapshot.Count).Where(row => row % 3 != 1));
        var view = LayerView.Of(snapshot) with { Parts = [new(snapshot, dead)] };
        var world = new TileCoord(5, (int)(snapshot.X[0] >> 27), (int)(snapshot.Y[0] >> 27));

        var (cells, features) = (Read(new SnapshotTiles(new(10, 0)).Tile(view, new("components"), world)), Read(new SnapshotTiles(TileLimits.None).Tile(view, new("components"), world)));

        var living = Enumerable.Range(0, snapshot.Placed).Count(row => row % 3 == 1 && snapshot.Status.Text(snapshot.Status[row]) != "移除");
        Assert.Equal(living, cells.Sum(cell => Convert.ToInt64(cell.Attributes["cell_count"], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(living, features.Count);
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
