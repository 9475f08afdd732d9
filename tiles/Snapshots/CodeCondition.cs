using System.Numerics;
using System.Runtime.Intrinsics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A code column and the codes that are allowed: a byte per code for rows, bit sets for blocks.</summary>
sealed class CodeCondition
{
    readonly CodeColumn _column;
    readonly byte[] _allowed;
    readonly ulong[] _wanted;

    // Bits all of whose codes are allowed: a block with no other bit is met by every row.
    readonly ulong[] _sure;

    // Of codes in one byte: bit h of entry n says whether code 16 h + n is allowed, for h below 8 and from 8 on.
    readonly Vector128<byte> _low, _high;

    public CodeCondition(CodeColumn column, int number, byte[] allowed, int words)
    {
        (_column, Number, _allowed, _wanted) = (column, number, allowed, new ulong[words]);
        for (var code = 0; code < allowed.Length; code++)
            _wanted[code >> 6 & words - 1] |= (ulong)allowed[code] << code;
        _sure = [.. Enumerable.Repeat(ulong.MaxValue, words)];
        for (var code = 0; code < allowed.Length; code++)
            if (allowed[code] == 0)
                _sure[code >> 6 & words - 1] &= ~(1ul << code);
        (_low, _high) = (Nibbles(allowed, 0), Nibbles(allowed, 128));
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

    /// <summary>Is the condition known to be met by every row of a run?</summary>
    public bool IsMetByAll(BlockLevel level, int at)
    {
        var set = level.Set(Number, at);
        for (var word = 0; word < _sure.Length; word++)
            if ((set[word] & ~_sure[word]) != 0)
                return false;
        return true;
    }

    /// <summary>Clears the bits of rows whose codes are not allowed; bit i of the mask is row <paramref name="start"/> + i.</summary>
    public void Mask(int start, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
            if (mask[word] != 0)
                mask[word] &= _column.Width switch
                {
                    1 => Allowed(_column.ByteCodes.Span[(start + word * 64)..]),
                    2 => Allowed(_column.ShortCodes.Span[(start + word * 64)..], _allowed),
                    _ => Allowed(_column.IntCodes.Span[(start + word * 64)..], _allowed),
                };
    }

    // Sixteen at a time: the low half of a code finds an entry, the high half a bit in it.
    ulong Allowed(ReadOnlySpan<byte> codes)
    {
        if (codes.Length < 64)
            return Allowed(codes, _allowed);
        var bits = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);
        var allowed = 0ul;
        for (var at = 0; at < 64; at += 16)
        {
            var code = Vector128.Create(codes.Slice(at, 16));
            var (entry, high) = (code & Vector128.Create((byte)15), code >>> 4);
            var set = Vector128.ConditionalSelect(Vector128.LessThan(high, Vector128.Create((byte)8)), Vector128.Shuffle(_low, entry), Vector128.Shuffle(_high, entry));
            allowed |= (ulong)~Vector128.Equals(set & Vector128.Shuffle(bits, high), Vector128<byte>.Zero).ExtractMostSignificantBits() << at & 0xFFFFul << at;
        }
        return allowed;
    }

    static ulong Allowed<T>(ReadOnlySpan<T> codes, ReadOnlySpan<byte> table) where T : unmanaged, IBinaryInteger<T>
    {
        var allowed = 0ul;
        for (var at = 0; at < Math.Min(64, codes.Length); at++)
            allowed |= (ulong)table[int.CreateTruncating(codes[at])] << at;
        return allowed;
    }

    static Vector128<byte> Nibbles(ReadOnlySpan<byte> allowed, int first)
    {
        Span<byte> entries = stackalloc byte[16];
        entries.Clear();
        for (var code = first; code < Math.Min(first + 128, allowed.Length); code++)
            entries[code & 15] |= (byte)(allowed[code] << (code - first >> 4));
        return Vector128.Create((ReadOnlySpan<byte>)entries);
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
