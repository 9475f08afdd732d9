using CityOps.Gis.Tests.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

public sealed class SnapshotMergeTests(RandomLayer layer) : IClassFixture<RandomLayer>
{
    [Fact]
    public async Task A_merge_holds_the_rows_that_count_and_no_others()
    {
        var view = await Parts(seed: 1);

        var merged = SnapshotMerge.Of(RandomLayer.Layer, view.Parts, isWhole: true);

        Assert.Equal(ViewRows.Of(view), ViewRows.Of(LayerView.Of(merged)));
    }

    [Fact]
    public async Task A_merge_is_what_a_builder_makes_of_the_same_rows()
    {
        var view = await Parts(seed: 2);
        var builder = new SnapshotBuilder(RandomLayer.Layer, view.Parts[0].Snapshot.Frame);
        foreach (var (snapshot, dead) in view.Parts)
            for (var row = 0; row < snapshot.Count; row++)
                if (!dead[row])
                    builder.Add(snapshot, row);
        var built = builder.Build(0, view.Departments);

        var merged = SnapshotMerge.Of(RandomLayer.Layer, view.Parts, isWhole: true);

        Assert.Equal((built.Placed, built.Frame, built.Bytes), (merged.Placed, merged.Frame, merged.Bytes));
        Assert.Equal(Enumerable.Range(0, built.Count).Select(row => ViewRows.Line(built, row)), Enumerable.Range(0, merged.Count).Select(row => ViewRows.Line(merged, row)));
    }

    [Fact]
    public async Task What_did_not_change_stays_in_its_order()
    {
        var view = await Parts(seed: 3);
        var (first, dead) = view.Parts[0];
        var before = Enumerable.Range(0, first.Count).Where(row => !dead[row]).Select(row => first.Fids[row]).ToList();

        var merged = SnapshotMerge.Of(RandomLayer.Layer, view.Parts, isWhole: true);

        var kept = before.ToHashSet();
        Assert.Equal(before, Enumerable.Range(0, merged.Count).Select(row => merged.Fids[row]).Where(kept.Contains));
    }

    [Fact]
    public async Task A_feature_is_found_by_its_number()
    {
        var snapshot = await layer.Snapshot();
        var index = FidIndex.Of(snapshot);

        Assert.All(Enumerable.Range(0, snapshot.Count), row => Assert.Equal(row, index.Find(snapshot.Fids[row])));
        Assert.Equal((-1, -1), (index.Find(-5), index.Find(long.MaxValue)));
    }

    // The layer, some rows of which are dead, and two parts with rows taken from it; some of the first one's are dead too.
    async Task<LayerView> Parts(int seed)
    {
        var (snapshot, random) = (await layer.Snapshot(), new Random(seed));
        var dead = Enumerable.Range(0, snapshot.Count).Where(_ => random.Next(5) == 0).ToList();
        var (first, second) = (new SnapshotBuilder(RandomLayer.Layer, snapshot.Frame), new SnapshotBuilder(RandomLayer.Layer, snapshot.Frame));
        foreach (var row in dead.Where(_ => random.Next(2) == 0))
            first.Add(snapshot, row);
        foreach (var row in dead.Where(_ => random.Next(3) == 0))
            second.Add(snapshot, row);
        var (one, two) = (first.Build(0, snapshot.Departments), second.Build(0, snapshot.Departments));
        var again = Enumerable.Range(0, two.Count).Select(row => two.Fids[row]).ToHashSet();
        return LayerView.Of(snapshot) with
        {
            Parts =
            [
                new(snapshot, DeadRows.None.With(dead)),
                new(one, DeadRows.None.With(Enumerable.Range(0, one.Count).Where(row => again.Contains(one.Fids[row])))),
                new(two, DeadRows.None),
            ],
        };
    }
}
