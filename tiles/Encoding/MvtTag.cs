using System.Runtime.CompilerServices;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// A key and a value of a layer as they stand in a feature: two varints in the lower seven bytes, the first in the lowest, and their number of bytes in the highest,
/// so that a tag is written by one store of eight bytes.
/// </summary>
/// <remarks>Seven bytes hold keys below 2¹⁴ with values below 2³⁵, which is more than an <c>int</c>.</remarks>
public readonly record struct MvtTag
{
    readonly ulong _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MvtTag(int key, int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)key, 1u << 14, nameof(key));
        var (bits, bytes) = (0ul, 0);
        Append((uint)key, ref bits, ref bytes);
        Append((uint)value, ref bits, ref bytes);
        _bits = bits | (ulong)bytes << 56;
    }

    /// <summary>The varints, little-endian; bytes from <see cref="Length"/> on have no meaning.</summary>
    public ulong Bytes => _bits;
    public int Length => (int)(_bits >> 56);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Append(uint number, ref ulong bits, ref int bytes)
    {
        // The numbers of a tile are mostly of one or two bytes.
        if (number < 0x80)
            bits |= (ulong)number << 8 * bytes++;
        else if (number < 0x4000)
        {
            bits |= (ulong)(number & 0x7F | 0x80 | number >> 7 << 8) << 8 * bytes;
            bytes += 2;
        }
        else
        {
            for (; number >= 0x80; number >>= 7)
                bits |= (ulong)(number & 0x7F | 0x80) << 8 * bytes++;
            bits |= (ulong)number << 8 * bytes++;
        }
    }
}
