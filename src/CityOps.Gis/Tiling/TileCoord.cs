namespace CityOps.Gis.Tiling;

/// <summary>A tile's address in the Web Mercator scheme: zoom, column from the west, row from the north (OGC 17-083r4 WebMercatorQuad).</summary>
public readonly record struct TileCoord(int Zoom, int X, int Y)
{
    public const int MaxZoom = 22;

    /// <summary>Half the side of the Web Mercator square, metres (EPSG:3857).</summary>
    public const double HalfWorldMeters = 20037508.342789244;

    public bool IsValid => Zoom is >= 0 and <= MaxZoom && X >= 0 && Y >= 0 && X < 1 << Zoom && Y < 1 << Zoom;

    public override string ToString() => $"{Zoom}/{X}/{Y}";
}
