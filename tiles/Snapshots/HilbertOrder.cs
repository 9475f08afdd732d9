using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The curve laid over the layer's own box, so that its 2¹⁶ cells a side are about a metre in a city.</summary>
static class HilbertOrder
{
    /// <summary>Bits of a world unit that do not count within a box.</summary>
    public static int ShiftOf(WorldBox box)
        => box.MaxX < box.MinX ? 0 : Math.Max(0, 16 - BitOperations.LeadingZeroCount(Math.Max(box.MaxX - box.MinX, box.MaxY - box.MinY)));

    /// <summary>A spot beyond the box lies at its edge: changed rows are put into the order that the layer was loaded in.</summary>
    public static uint Key(uint x, uint y, WorldBox box, int shift)
        => HilbertCurve.Place((Math.Clamp(x, box.MinX, box.MaxX) - box.MinX) >> shift, (Math.Clamp(y, box.MinY, box.MaxY) - box.MinY) >> shift);
}
