namespace CityOps.Gis.Tiles.Encoding;

/// <summary>The square a tile keeps of a geometry, in tile units, edges included: its extent and a buffer around it.</summary>
public readonly record struct ClipBox(int MinX, int MinY, int MaxX, int MaxY)
{
    public static ClipBox Of(int extent, int buffer) => new(-buffer, -buffer, extent + buffer, extent + buffer);

    /// <summary>Whether the box holds all places (1), none of a geometry that lies wholly to one side (-1), or must cut (0).</summary>
    public int Side(ReadOnlySpan<int> xy)
    {
        var (minX, minY, maxX, maxY) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        for (var i = 0; i + 1 < xy.Length; i += 2)
        {
            minX = Math.Min(minX, xy[i]);
            maxX = Math.Max(maxX, xy[i]);
            minY = Math.Min(minY, xy[i + 1]);
            maxY = Math.Max(maxY, xy[i + 1]);
        }
        if (minX > MaxX || maxX < MinX || minY > MaxY || maxY < MinY)
            return -1;
        return minX >= MinX && maxX <= MaxX && minY >= MinY && maxY <= MaxY ? 1 : 0;
    }
}
