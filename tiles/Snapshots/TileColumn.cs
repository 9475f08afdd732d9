using System.Numerics;
using CityOps.Gis.Tiles.Encoding;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// An attribute on its way into tiles: the tile's tag for each code of its dictionary once it has one. A code's tag counts only while its mark
/// is the number of the tile, so that a new tile costs nothing.
/// </summary>
sealed class TileColumn(AttributeColumn column)
{
    readonly byte[] _name = System.Text.Encoding.UTF8.GetBytes(column.Name);
    readonly (MvtTag Tag, int Tile)[] _known = column.Kind == AttributeKind.Codes ? new (MvtTag, int)[column.Codes!.Distinct + 1] : [];
    readonly (int Start, int End)[] _spans = column.Pool is null ? [] : new (int, int)[BlockIndex.BlockRows];
    int _key, _tile;

    /// <summary>Starts a layer of a tile.</summary>
    public void Begin(MvtWriter writer)
    {
        _key = writer.Key(_name);
        _tile++;
    }

    /// <summary>Puts key and value behind what each row has already; rows without a value get nothing.</summary>
    /// <param name="tags">Rows of <paramref name="stride"/>.</param>
    /// <param name="counts">How many each row has in <paramref name="tags"/>.</param>
    public void Tag(ReadOnlySpan<int> rows, Span<MvtTag> tags, int stride, Span<int> counts, MvtWriter writer)
    {
        if (column.Pool is { } pool)
            TagTexts(pool, rows, tags, stride, counts, writer);
        else if (column.Codes is not { } codes)
            TagEach(rows, tags, stride, counts, writer);
        else if (codes.Width == 1)
            TagCodes(codes.ByteCodes.Span, rows, tags, stride, counts, writer);
        else if (codes.Width == 2)
            TagCodes(codes.ShortCodes.Span, rows, tags, stride, counts, writer);
        else
            TagCodes(codes.IntCodes.Span, rows, tags, stride, counts, writer);
    }

    void TagCodes<T>(ReadOnlySpan<T> codes, ReadOnlySpan<int> rows, Span<MvtTag> tags, int stride, Span<int> counts, MvtWriter writer) where T : unmanaged, IBinaryInteger<T>
    {
        for (var at = 0; at < rows.Length; at++)
        {
            var code = int.CreateTruncating(codes[rows[at]]);
            if (code == 0)
                continue;
            ref var known = ref _known[code];
            if (known.Tile != _tile)
                known = (new(_key, writer.Text(column.Codes!.Utf8(code))), _tile);
            tags[at * stride + counts[at]++] = known.Tag;
        }
    }

    void TagTexts(PooledText pool, ReadOnlySpan<int> rows, Span<MvtTag> tags, int stride, Span<int> counts, MvtWriter writer)
    {
        var texts = pool.Texts;
        pool.Find(rows, _spans);
        for (var at = 0; at < rows.Length; at++)
            if (_spans[at] is { Start: >= 0 } span)
                tags[at * stride + counts[at]++] = new(_key, writer.Text(texts[span.Start..span.End]));
    }

    void TagEach(ReadOnlySpan<int> rows, Span<MvtTag> tags, int stride, Span<int> counts, MvtWriter writer)
    {
        for (var at = 0; at < rows.Length; at++)
            if (!column.IsNull(rows[at]))
                tags[at * stride + counts[at]++] = new(_key, Value(rows[at], writer));
    }

    int Value(int row, MvtWriter writer) => column.Kind switch
    {
        AttributeKind.Integer => writer.Integer(column.Integer(row)),
        AttributeKind.Real => writer.Real(column.Real(row)),
        _ => writer.Truth(column.Boolean(row)),
    };
}
