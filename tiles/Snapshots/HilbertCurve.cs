namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Place along the Hilbert curve of a square of 2¹⁶ × 2¹⁶ cells. All sixteen levels at once by a parallel prefix scan over the bits
/// (after R. Rau, "2D Hilbert curves in O(1)", public domain): no loop, no table.
/// </summary>
public static class HilbertCurve
{
    /// <summary>Cells with neighbouring results are neighbours.</summary>
    /// <param name="x">0 to 65535.</param>
    /// <param name="y">0 to 65535.</param>
    public static uint Place(uint x, uint y)
    {
        var a = x ^ y;
        var b = 0xFFFF ^ a;
        var c = 0xFFFF ^ (x | y);
        var d = x & (y ^ 0xFFFF);
        var (p, q, r, s) = (a | (b >> 1), (a >> 1) ^ a, (c >> 1) ^ (b & (d >> 1)) ^ c, (a & (c >> 1)) ^ (d >> 1) ^ d);
        (a, b, c, d) = (p, q, r, s);
        (p, q) = ((a & (a >> 2)) ^ (b & (b >> 2)), (a & (b >> 2)) ^ (b & ((a ^ b) >> 2)));
        (r, s) = (r ^ (a & (c >> 2)) ^ (b & (d >> 2)), s ^ (b & (c >> 2)) ^ ((a ^ b) & (d >> 2)));
        (a, b, c, d) = (p, q, r, s);
        (p, q) = ((a & (a >> 4)) ^ (b & (b >> 4)), (a & (b >> 4)) ^ (b & ((a ^ b) >> 4)));
        (r, s) = (r ^ (a & (c >> 4)) ^ (b & (d >> 4)), s ^ (b & (c >> 4)) ^ ((a ^ b) & (d >> 4)));
        (a, b, c, d) = (p, q, r, s);
        (r, s) = (r ^ (a & (c >> 8)) ^ (b & (d >> 8)), s ^ (b & (c >> 8)) ^ ((a ^ b) & (d >> 8)));
        a = r ^ (r >> 1);
        b = s ^ (s >> 1);
        var low = x ^ y;
        var high = b | (0xFFFF ^ (low | a));
        return (Spread(high) << 1) | Spread(low);
    }

    static uint Spread(uint bits)
    {
        bits = (bits | (bits << 8)) & 0x00FF00FF;
        bits = (bits | (bits << 4)) & 0x0F0F0F0F;
        bits = (bits | (bits << 2)) & 0x33333333;
        return (bits | (bits << 1)) & 0x55555555;
    }
}
