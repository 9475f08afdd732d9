using System.Numerics;
using CityOps.Gis.Tiles.Encoding;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// An attribute on its way into tiles: its key, and the tile's index for each code of its dictionary once it has one. A code's index counts only while its mark
/// is the number of the tile, so that a new tile costs nothing.
/// </summary>
sealed class TileColumn(AttributeColumn column)
{
    readonly byte[] _name = System.Text.Encoding.UTF8.GetBytes(column.Name);
    readonly (int Tile, int Index)[] _indexes = column.Kind == AttributeKind.Codes ? new (int, int)[column.Codes!.Distinct + 1] : [];
    int _key, _tile;

    /// <summary>Starts a layer of a tile.</summary>
    public void Begin(MvtWriter writer)
    {
        _key = writer.Key(_name);
        _tile++;
    }

    /// <summary>Puts key and value behind what each row has already; rows without a value get nothing.</summary>
    /// <param name="tags">Rows of <paramref name="stride"/>.</param>
    /// <param name="counts">Numbers that each row has in <paramref name="tags"/>.</param>
    public void Tag(ReadOnlySpan<int> rows, Span<int> tags, int stride, Span<int> counts, MvtWriter writer)
    {
        if (column.Codes is not { } codes)
            TagEach(rows, tags, stride, counts, writer);
        else if (codes.Width == 1)
            TagCodes(codes.ByteCodes.Span, rows, tags, stride, counts, writer);
        else if (codes.Width == 2)
            TagCodes(codes.ShortCodes.Span, rows, tags, stride, counts, writer);
        else
            TagCodes(codes.IntCodes.Span, rows, tags, stride, counts, writer);
    }

    void TagCodes<T>(ReadOnlySpan<T> codes, ReadOnlySpan<int> rows, Span<int> tags, int stride, Span<int> counts, MvtWriter writer) where T : unmanaged, IBinaryInteger<T>
    {
        for (var at = 0; at < rows.Length; at++)
        {
            var code = int.CreateTruncating(codes[rows[at]]);
            if (code == 0)
                continue;
            ref var known = ref _indexes[code];
            if (known.Tile != _tile)
                known = (_tile, writer.Text(column.Codes!.Utf8(code)));
            Put(tags, at * stride, ref counts[at], known.Index);
        }
    }

    void TagEach(ReadOnlySpan<int> rows, Span<int> tags, int stride, Span<int> counts, MvtWriter writer)
    {
        for (var at = 0; at < rows.Length; at++)
            if (!column.IsNull(rows[at]))
                Put(tags, at * stride, ref counts[at], Value(rows[at], writer));
    }

    void Put(Span<int> tags, int row, ref int count, int value)
    {
        tags[row + count] = _key;
        tags[row + count + 1] = value;
        count += 2;
    }

    int Value(int row, MvtWriter writer) => column.Kind switch
    {
        AttributeKind.Pooled => writer.Text(column.Utf8(row)),
        AttributeKind.Integer => writer.Integer(column.Integer(row)),
        AttributeKind.Real => writer.Real(column.Real(row)),
        _ => writer.Truth(column.Boolean(row)),
    };
}
