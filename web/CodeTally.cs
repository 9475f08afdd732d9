using System.Numerics;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Web;

/// <summary>
/// Counts a view's answers to a question by the codes of a column in one reading, however many codes there are: a block's answers as a mask, then one step for each answer.
/// Counting each code by a question of its own would read every block as often as there are codes.
/// </summary>
static class CodeTally
{
    /// <summary>By code, those that occur; what has none is left out.</summary>
    public static IReadOnlyDictionary<string, long> Of(LayerView view, FeatureQuery query, Func<LayerSnapshot, CodeColumn> columnOf)
    {
        var counts = new Dictionary<string, long>();
        foreach (var filter in view.Ask(query))
        {
            var column = columnOf(filter.Snapshot);
            var byCode = Count(filter, column);
            for (var code = 1; code < byCode.Length; code++)
                if (byCode[code] > 0 && column.Text(code) is { } text)
                    counts[text] = counts.GetValueOrDefault(text) + byCode[code];
        }
        return counts;
    }

    static long[] Count(SnapshotFilter filter, CodeColumn column)
    {
        var byCode = new long[column.Distinct + 1];
        Span<ulong> mask = stackalloc ulong[BlockIndex.BlockRows / 64];
        foreach (var block in filter.Blocks())
        {
            filter.Mask(block, mask);
            for (var word = 0; word < mask.Length; word++)
                for (var left = mask[word]; left != 0; left &= left - 1)
                    byCode[column[block * BlockIndex.BlockRows + word * 64 + BitOperations.TrailingZeroCount(left)]]++;
        }
        return byCode;
    }
}
