using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Heat;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

public sealed class SpatialStatisticsTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    // A line of five cells with the values 1 2 3 4 5, neighbours to the left and right; worked out by hand from Ord and Getis 1995:
    // mean 3, s² = 55/5 − 9 = 2. Cell 1 has W = 2, sum 3: (3 − 6) / (√2 · √((5·2 − 4)/4)) = −√3. Cell 3: W = 3, sum 9 = 3 · 3, so 0.
    [Fact]
    public void Gi_star_of_five_cells_in_a_line_is_what_the_formula_gives_by_hand()
        => Assert.Equal([-Math.Sqrt(3), -1.7320508075688772, 0, 1.7320508075688772, Math.Sqrt(3)], SpatialStatistics.GiStar([1, 2, 3, 4, 5], Line(5)), (one, other) => Math.Abs(one - other) < 1e-12);

    // The same line, by hand from Moran 1950 and Cliff and Ord 1981: Σz² = 10, cross products of neighbours 2·(2 + 0 + 0 + 2) = 8, S0 = 8, so I = 5/8 · 8/10 = 0.5.
    // S1 = 16, S2 = 4·(1 + 4 + 4 + 4 + 1) = 56, b2 = (34/5) / 2² = 1.7.
    // E(I²) = (5·(13·16 − 5·56 + 3·64) − 1.7·(20·16 − 10·56 + 6·64)) / (4·3·2·64) = (600 − 244.8) / 1536 = 0.23125; variance 0.23125 − 1/16 = 0.16875.
    [Fact]
    public void Morans_I_of_five_cells_in_a_line_is_what_the_formula_gives_by_hand()
    {
        var moran = SpatialStatistics.Moran([1, 2, 3, 4, 5], Line(5))!;
        Assert.Equal((0.5, -0.25, 0.16875), (Math.Round(moran.Index, 12), moran.Expected, Math.Round(moran.Variance, 12)));
        Assert.Equal(0.75 / Math.Sqrt(0.16875), moran.Z, 1e-12);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.31731050786291415)]
    [InlineData(-1.959963984540054, 0.05)]
    [InlineData(2.5758293035489004, 0.01)]
    [InlineData(6, 1.9731752900753963e-9)]
    public void Two_sided_p_values_are_those_of_the_normal_distribution(double z, double p) => Assert.Equal(p, TwoSided.P(z), p * 1e-12);

    // The first ten of the fifteen p-values of Benjamini and Hochberg 1995, section 4, with n = 15: at 5 % the first four are discoveries.
    [Fact]
    public void The_example_of_Benjamini_and_Hochberg_has_four_discoveries()
    {
        var adjusted = TwoSided.Adjust([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]);
        Assert.Equal(4, adjusted.Count(q => q <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, adjusted[3], 1e-12);
    }

    [Fact]
    public void A_square_has_eight_neighbours_and_a_hexagon_six_all_of_which_know_it()
    {
        foreach (var (kind, touching) in new[] { (HeatCellKind.Square, 8), (HeatCellKind.Hexagon, 6) })
        {
            var cells = (from row in Enumerable.Range(-4, 9) from column in Enumerable.Range(50, 9) select new HeatCell(column, row)).ToArray();
            var neighbours = new LatticeNeighbours(new(kind, 100, 24.5), cells, NeighbourRule.Queen);
            var found = cells.Select((_, cell) => Of(neighbours, cell)).ToList();
            Assert.Equal(touching, found[Array.IndexOf(cells, new(54, 0))].Length);
            Assert.All(found.SelectMany((some, cell) => some.Select(other => (cell, other))), pair => Assert.Contains(pair.cell, found[pair.other]));
        }
    }

    [Fact]
    public async Task Gi_star_and_Morans_I_of_a_field_of_cells_are_those_of_SQL()
    {
        var (random, size) = (new Random(3), 15);
        var cells = (from row in Enumerable.Range(0, size) from column in Enumerable.Range(0, size) where (row * 7 + column * 3) % 11 != 0 select new HeatCell(column, row)).ToArray();
        var values = cells.Select(cell => (double)random.Next(20) + (cell.Column > 9 && cell.Row > 8 ? 30 : 0)).ToArray();
        var neighbours = new LatticeNeighbours(new(HeatCellKind.Square, 100, 24.5), cells, new(250, 0));
        await database.Run($"create table cells as select * from (values {string.Join(',', cells.Select((cell, at) => string.Create(CultureInfo.InvariantCulture, $"({cell.Column}, {cell.Row}, {values[at]}::float8)")))}) cell(x, y, v)");

        var expected = (await database.Rows("""
            with w as (select a.x, a.y, b.v from cells a join cells b on sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2) * 100 <= 250),
                whole as (select count(*)::float8 n, avg(v) mean, stddev_pop(v) s from cells)
            select (sum(w.v) - mean * count(*)) / (s * sqrt((n * count(*) - count(*) ^ 2) / (n - 1)))
            from w, whole group by w.x, w.y, n, mean, s order by w.y, w.x
            """)).Select(row => double.Parse(row, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(expected, SpatialStatistics.GiStar(values, neighbours), (one, other) => Math.Abs(one - other) < 1e-9);

        var moran = await database.Value<double>("""
            with z as (select x, y, v - (select avg(v) from cells) as z from cells)
            select (select count(*) from cells) / sum(1.0) * sum(a.z * b.z) / (select sum(z ^ 2) from z)
            from z a join z b on (a.x, a.y) <> (b.x, b.y) and sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2) * 100 <= 250
            """);
        var found = SpatialStatistics.Moran(values, neighbours)!;
        Assert.Equal(moran, found.Index, 1e-9);
        AssertMatchesPermutations(values, neighbours, found);
    }

    // The variance under randomisation is that of the index over all ways to deal the values out; two thousand of them show it within a tenth.
    static void AssertMatchesPermutations(double[] values, INeighbours neighbours, MoranIndex moran)
    {
        var (random, dealt) = (new Random(11), values.ToArray());
        var indexes = Enumerable.Range(0, 2000).Select(_ => { random.Shuffle(dealt); return SpatialStatistics.Moran(dealt, neighbours)!.Index; }).ToList();
        var mean = indexes.Average();
        Assert.Equal(moran.Variance, indexes.Sum(index => (index - mean) * (index - mean)) / indexes.Count, moran.Variance / 10);
    }

    static ListedNeighbours Line(int cells) => new([.. Enumerable.Range(0, cells).Select(cell => new[] { cell - 1, cell + 1 }.Where(other => other >= 0 && other < cells).ToArray())]);

    static int[] Of(INeighbours neighbours, int cell)
    {
        var found = new int[neighbours.Most];
        return found[..neighbours.Of(cell, found)];
    }
}
