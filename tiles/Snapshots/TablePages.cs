using System.Globalization;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A run of pages of a table, its rows found by their place (<c>ctid</c>), which they keep while the table is locked against being rewritten.</summary>
/// <param name="Table">Schema and name, quoted where they must be; a partition, not a partitioned table.</param>
/// <param name="End">The page behind the last; null = to the table's end, wherever that is when it is read.</param>
readonly record struct TablePages(string Table, long Start, long? End)
{
    /// <summary>What stands behind <c>from</c>.</summary>
    public string Source
    {
        get
        {
            var (start, end) = (Place(Start), End is { } last ? Place(last) : "");
            return $"only {Table}" + (Start > 0 && end.Length > 0 ? $" where ctid >= {start} and ctid < {end}"
                : Start > 0 ? $" where ctid >= {start}"
                : end.Length > 0 ? $" where ctid < {end}" : "");
        }
    }

    static string Place(long page) => string.Create(CultureInfo.InvariantCulture, $"'({page},0)'");

    /// <summary>Tables one after the other in so many shares of about equal size; fewer where there are few pages. Together they are all rows, each once.</summary>
    /// <param name="tables">With the pages they have now.</param>
    /// <param name="fewest">Pages that are worth a share.</param>
    public static IReadOnlyList<IReadOnlyList<TablePages>> Shares(IReadOnlyList<(string Table, long Pages)> tables, int most, long fewest)
    {
        var total = tables.Sum(table => table.Pages);
        var count = (int)Math.Clamp(total / Math.Max(1, fewest), 1, most);
        var shares = Enumerable.Range(0, count).Select(_ => new List<TablePages>()).ToList();
        var before = 0L;
        foreach (var (table, pages) in tables)
        {
            // Cuts that fall within this table; the share that holds its last page takes what is added behind it.
            var cuts = Enumerable.Range(1, count - 1).Select(share => total * share / count - before).ToList();
            var start = 0L;
            for (var share = 0; share < count; share++)
            {
                var end = share < cuts.Count && cuts[share] < pages ? Math.Max(0, cuts[share]) : default(long?);
                if (end is null || end > start)
                    shares[share].Add(new(table, start, end));
                if (end is null)
                    break;
                start = end.Value;
            }
            before += pages;
        }
        return shares;
    }
}
