using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

public sealed class SnapshotFilterTests(LargeLayer layer) : IClassFixture<LargeLayer>
{
    const int Seed = 20261124;

    [Fact]
    public async Task Any_question_finds_the_features_that_SQL_finds()
    {
        var snapshot = await layer.Snapshot();
        var random = new Random(Seed);
        var (answers, empty) = (0, 0);
        for (var number = 0; number < 200; number++)
        {
            var query = RandomLayer.Question(random);
            var expected = await layer.Sought(query);

            var found = Fids(snapshot, new(snapshot, query));

            Assert.True(expected.SetEquals(found), $"Seed {Seed}, question {number}: SQL {expected.Count}, snapshot {found.Count}, only SQL {Few(expected.Except(found))}, only snapshot {Few(found.Except(expected))}: {query}");
            (answers, empty) = (answers + 1, empty + (found.Count == 0 ? 1 : 0));
        }
        Assert.InRange(empty, 0, answers / 2);
    }

    [Fact]
    public async Task A_box_alone_finds_the_features_that_SQL_finds()
    {
        var snapshot = await layer.Snapshot();
        var random = new Random(Seed);
        for (var number = 0; number < 60; number++)
        {
            var query = new FeatureQuery("components") { Box = RandomLayer.Box(random) };
            var expected = await layer.Sought(query);

            var found = Fids(snapshot, new(snapshot, query));

            Assert.True(expected.SetEquals(found), $"Seed {Seed}, box {number}: only SQL {Few(expected.Except(found))}, only snapshot {Few(found.Except(expected))}: {query.Box}");
        }
    }

    [Fact]
    public async Task A_row_at_a_time_and_a_block_at_a_time_say_the_same()
    {
        var snapshot = await layer.Snapshot();
        var random = new Random(Seed + 1);
        for (var number = 0; number < 100; number++)
        {
            var filter = new SnapshotFilter(snapshot, RandomLayer.Question(random));

            Assert.Equal(Enumerable.Range(0, snapshot.Count).Where(filter.Matches).Select(row => snapshot.Fids[row]).ToHashSet(), Fids(snapshot, filter));
        }
    }

    [Theory]
    [InlineData(Reach.Spot)]
    [InlineData(Reach.Box)]
    public async Task The_block_index_never_misses_a_row(Reach reach)
    {
        var snapshot = await layer.Snapshot();
        var random = new Random(Seed + 2);
        for (var number = 0; number < 100; number++)
        {
            var (filter, box) = (new SnapshotFilter(snapshot, RandomLayer.Question(random)), WorldBox.OfDegrees(RandomLayer.Box(random)));
            var rows = new int[BlockIndex.BlockRows];
            var found = new List<int>();
            foreach (var block in filter.Blocks(box))
                found.AddRange(rows[..filter.Select(block, box, reach, rows)]);

            Assert.Equal(Enumerable.Range(0, snapshot.Placed).Where(row => filter.Matches(row) && Lies(snapshot, row, box, reach)), found);
        }
    }

    [Fact]
    public async Task A_question_for_a_district_reads_few_blocks()
    {
        var snapshot = await layer.Snapshot();
        var blocks = 0;
        foreach (var block in new SnapshotFilter(snapshot, new("components") { Grids = ["350201001001465"] }).Blocks())
            blocks += block >= 0 ? 1 : 0;

        Assert.InRange(blocks, 1, snapshot.Blocks.Blocks.Count / 2);
    }

    static bool Lies(LayerSnapshot snapshot, int row, WorldBox box, Reach reach)
        => reach == Reach.Box && snapshot.Shapes.Of(row) is >= 0 and var shape ? box.Meets(snapshot.Shapes.Box(shape)) : box.Holds(snapshot.X[row], snapshot.Y[row]);

    static HashSet<long> Fids(LayerSnapshot snapshot, SnapshotFilter filter)
    {
        var (rows, found) = (new int[BlockIndex.BlockRows], new HashSet<long>());
        foreach (var block in filter.Blocks())
            foreach (var row in rows.AsSpan(0, filter.Select(block, rows)))
                Assert.True(found.Add(snapshot.Fids[row]));
        Assert.Equal(found.Count, filter.Count());
        return found;
    }

    static string Few(IEnumerable<long> fids) => string.Join(',', fids.Take(5));
}
