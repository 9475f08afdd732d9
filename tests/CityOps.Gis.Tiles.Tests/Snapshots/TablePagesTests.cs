using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

public sealed class TablePagesTests
{
    [Fact]
    public void A_table_is_cut_in_the_middle_and_the_last_share_has_no_end()
        => Assert.Equal(["only gis.a where ctid < '(50,0)'", "only gis.a where ctid >= '(50,0)'"], Sources([("gis.a", 100)], 2));

    [Fact]
    public void A_small_table_is_not_cut() => Assert.Equal(["only gis.a"], Sources([("gis.a", 19)], 2));

    [Fact]
    public void Partitions_are_shared_out_and_one_of_them_is_cut()
        => Assert.Equal(["only a, only b where ctid < '(40,0)'", "only b where ctid >= '(40,0)', only c"], Sources([("a", 10), ("b", 60), ("c", 30)], 2));

    [Fact]
    public void A_cut_between_partitions_cuts_none() => Assert.Equal(["only a", "only b"], Sources([("a", 50), ("b", 50)], 2));

    [Fact]
    public void Empty_and_foreign_partitions_are_read_once()
        => Assert.Equal(["only a, only b where ctid < '(50,0)'", "only b where ctid >= '(50,0)', only c"], Sources([("a", 0), ("b", 100), ("c", 0)], 2));

    [Fact]
    public void A_layer_without_partitions_or_rows_is_read_once() => Assert.Equal(["only a, only b"], Sources([("a", 0), ("b", 0)], 2));

    [Fact]
    public void Every_page_is_in_one_share()
    {
        const int seed = 35;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var tables = Enumerable.Range(0, random.Next(1, 9)).Select(table => ($"t{table}", (long)random.Next(0, 40))).ToList();
            var shares = TablePages.Shares(tables, random.Next(1, 5), 1);

            foreach (var (table, pages) in tables)
                Assert.True(Enumerable.Range(0, (int)pages + 5).All(page => Holders(shares, table, page) == 1), $"seed {seed}, round {round}, {table} of {string.Join(' ', tables)}");
        }
    }

    static int Holders(IReadOnlyList<IReadOnlyList<TablePages>> shares, string table, int page)
        => shares.Sum(share => share.Count(one => one.Table == table && page >= one.Start && (one.End is null || page < one.End)));

    static IEnumerable<string> Sources(IReadOnlyList<(string, long)> tables, int most)
        => TablePages.Shares(tables, most, fewest: 10).Select(share => string.Join(", ", share.Select(pages => pages.Source)));
}
