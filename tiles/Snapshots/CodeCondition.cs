using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A code column and the codes that are allowed: a byte per code for rows, a bit set for blocks.</summary>
sealed class CodeCondition
{
    readonly CodeColumn _column;
    readonly byte[] _allowed;
    readonly ulong[] _wanted;

    public CodeCondition(CodeColumn column, int number, byte[] allowed, int words)
    {
        (_column, Number, _allowed, _wanted) = (column, number, allowed, new ulong[words]);
        for (var code = 0; code < allowed.Length; code++)
            _wanted[code >> 6 & words - 1] |= (ulong)allowed[code] << code;
    }

    /// <summary>Of the column among <see cref="SnapshotColumns.Codes"/>.</summary>
    public int Number { get; }
    public bool AllowsNothing => !_allowed.AsSpan().Contains((byte)1);

    public bool Matches(int row) => _allowed[_column[row]] != 0;

    public bool MayHold(BlockLevel level, int at)
    {
        var set = level.Set(Number, at);
        for (var word = 0; word < _wanted.Length; word++)
            if ((set[word] & _wanted[word]) != 0)
                return true;
        return false;
    }

    /// <summary>Keeps the rows whose codes are allowed, in place.</summary>
    public int Keep(Span<int> rows) => _column.Width switch
    {
        1 => Keep(_column.ByteCodes.Span, _allowed, rows),
        2 => Keep(_column.ShortCodes.Span, _allowed, rows),
        _ => Keep(_column.IntCodes.Span, _allowed, rows),
    };

    // Without a branch: every row is written, the end moves on only behind a kept one.
    static int Keep<T>(ReadOnlySpan<T> codes, ReadOnlySpan<byte> allowed, Span<int> rows) where T : unmanaged, IBinaryInteger<T>
    {
        var kept = 0;
        for (var at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            rows[kept] = row;
            kept += allowed[int.CreateTruncating(codes[row])];
        }
        return kept;
    }
}
