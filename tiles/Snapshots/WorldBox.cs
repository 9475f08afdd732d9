using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A box in world units: Web Mercator's square cut into 2³² columns from the west and rows from the north (a unit is 9.3 mm at the equator). All four edges belong to it.</summary>
public readonly record struct WorldBox(uint MinX, uint MinY, uint MaxX, uint MaxY)
{
    /// <summary>Holds nothing and grows by <see cref="With(uint, uint)"/>.</summary>
    public static WorldBox Nothing => new(uint.MaxValue, uint.MaxValue, 0, 0);

    public static WorldBox Everything => new(0, 0, uint.MaxValue, uint.MaxValue);

    public static uint XOf(double longitude) => Unit(WebMercator.U(longitude));

    public static uint YOf(double latitude) => Unit(WebMercator.V(latitude));

    /// <summary>The units a box in degrees touches.</summary>
    public static WorldBox OfDegrees((double West, double South, double East, double North) box)
        => new(XOf(Math.Min(box.West, box.East)), YOf(Math.Max(box.South, box.North)), XOf(Math.Max(box.West, box.East)), YOf(Math.Min(box.South, box.North)));

    /// <summary>The units of a tile, widened by so many 4096ths of its side on every edge.</summary>
    public static WorldBox OfTile(TileCoord tile, int buffer = 0)
    {
        var side = 1L << (32 - tile.Zoom);
        var margin = side * buffer / 4096;
        return new(Clamp(tile.X * side - margin), Clamp(tile.Y * side - margin), Clamp((tile.X + 1) * side - 1 + margin), Clamp((tile.Y + 1) * side - 1 + margin));
    }

    public bool Holds(uint x, uint y) => x - MinX <= MaxX - MinX && y - MinY <= MaxY - MinY;

    public bool Holds(WorldBox other) => other.MinX >= MinX && other.MaxX <= MaxX && other.MinY >= MinY && other.MaxY <= MaxY;

    public bool Meets(WorldBox other) => other.MinX <= MaxX && other.MaxX >= MinX && other.MinY <= MaxY && other.MaxY >= MinY;

    public WorldBox With(uint x, uint y) => new(Math.Min(MinX, x), Math.Min(MinY, y), Math.Max(MaxX, x), Math.Max(MaxY, y));

    public WorldBox With(WorldBox other)
        => new(Math.Min(MinX, other.MinX), Math.Min(MinY, other.MinY), Math.Max(MaxX, other.MaxX), Math.Max(MaxY, other.MaxY));

    // What lies beyond the square (poles, 180° E) goes to its edge, so that it is counted somewhere.
    static uint Unit(double share) => share * 4294967296.0 is var units && units >= 4294967295.0 ? uint.MaxValue : units <= 0 ? 0 : (uint)units;

    static uint Clamp(long units) => (uint)Math.Clamp(units, 0, uint.MaxValue);
}
