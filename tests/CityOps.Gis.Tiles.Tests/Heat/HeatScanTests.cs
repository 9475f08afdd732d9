using CityOps.Gis.Heat;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tests.Tiles.Snapshots;
using CityOps.Gis.Tiles.Heat;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

/// <summary>Two executors, one answer, cell by cell; and their cells add up to SQL's count.</summary>
public sealed class HeatScanTests(LargeHeatLayer layer) : IClassFixture<LargeHeatLayer>
{
    const int Seed = 20261125;

    [Fact]
    public async Task Any_question_has_the_same_cells_from_memory_and_from_SQL_and_they_add_up_to_the_count_of_the_question()
    {
        var (whole, parts, store) = (await layer.Whole(), await layer.Parts(), new FeatureStore(layer.Source));
        var random = new Random(Seed);
        for (var number = 0; number < 50; number++)
        {
            var query = number % 4 == 0 ? new FeatureQuery("components") : RandomLayer.Question(random);
            var tally = HeatLayer.Tally(random, query, random.Next(2) == 0 ? "status" : "name");
            var expected = await layer.BySql(tally);

            Same(expected, HeatScan.Count(whole, tally), $"Seed {Seed}, question {number}, one part: {tally}");
            Same(expected, HeatScan.Count(parts, tally), $"Seed {Seed}, question {number}, three parts: {tally}");
            Assert.Equal(await store.Count(RandomLayer.Layer, query), expected.Total);
        }
    }

    [Fact]
    public async Task Sums_and_numbers_of_values_are_those_of_SQL()
    {
        var view = await layer.CameraView();
        foreach (var (kind, size) in new[] { (HeatCellKind.Square, 700.0), (HeatCellKind.Hexagon, 1200.0), (HeatCellKind.District, 0) })
        {
            var tally = new HeatTally(new("cameras"), kind, size > 0 ? new(kind, size, 24.5) : null, SumField: "direction");
            var expected = await layer.BySql(tally);

            Same(expected, HeatScan.Count(view, tally), $"{kind}");
            Assert.Equal(4000, expected.Valued.Sum());
        }
    }

    [Fact]
    public async Task A_field_that_memory_does_not_hold_is_left_to_SQL()
    {
        var view = await layer.Whole();
        Assert.True(HeatScan.CanAnswer(view, new(new("components"), HeatCellKind.District, null, DistinctField: "name")));
        Assert.False(HeatScan.CanAnswer(view, new(new("components"), HeatCellKind.District, null, DistinctField: "owner_name")));
        Assert.False(HeatScan.CanAnswer(view, new(new("components"), HeatCellKind.District, null, SumField: "name")));
    }

    [Fact]
    public async Task A_scan_that_nobody_waits_for_stops()
    {
        var (view, tally) = (await layer.Whole(), new HeatTally(new("components"), HeatCellKind.District, null));
        Assert.ThrowsAny<OperationCanceledException>(() => HeatScan.Count(view, tally, new(canceled: true)));
    }

    static void Same(HeatCounts expected, HeatCounts found, string what)
    {
        Assert.True(expected.Outside == found.Outside, $"{what}: outside {expected.Outside} and {found.Outside}");
        Assert.True(Lines(expected).SequenceEqual(Lines(found)), $"{what}: {string.Join("; ", Lines(expected).Except(Lines(found)).Take(3))} | {string.Join("; ", Lines(found).Except(Lines(expected)).Take(3))}");
        Assert.Equal(expected.Sums, found.Sums, (one, other) => Math.Abs(one - other) <= 1e-9 * Math.Abs(one));
        Assert.Equal(expected.Valued, found.Valued);
        Assert.Equal(expected.Distinct, found.Distinct);
        Assert.Equal(expected.Slices?.Starts, found.Slices?.Starts);
        Assert.Equal(expected.Slices?.Slices, found.Slices?.Slices);
        Assert.Equal(expected.Slices?.Counts, found.Slices?.Counts);
        Assert.Equal(found.Slices?.Counts.Sum() ?? 0, found.Slices is null ? 0 : found.Counts.Sum());
    }

    static IEnumerable<string> Lines(HeatCounts counts)
        => Enumerable.Range(0, counts.Length).Select(cell => $"{(counts.Keys.Length > 0 ? HeatCell.Of(counts.Keys[cell]).ToString() : counts.Codes[cell])}={counts.Counts[cell]}");
}
