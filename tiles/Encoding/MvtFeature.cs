namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// A feature of a decoded tile. <see cref="Parts"/> holds x0, y0, x1, y1… in tile units: all points in one part, or one part for each line
/// or ring
/// (a ring without its first place repeated). A feature of unknown type has no parts.
/// </summary>
public sealed record MvtFeature(
    ulong? Id, MvtGeometryType Type, IReadOnlyDictionary<string, object> Attributes, IReadOnlyList<int[]> Parts)
{
    /// <summary>Twice the area of a ring by MVT's formula: positive for an exterior, negative for a hole.</summary>
    public static long DoubleArea(ReadOnlySpan<int> ring)
    {
        var sum = 0L;
        for (int i = 0, before = ring.Length - 2; i + 1 < ring.Length; before = i, i += 2)
            sum += (long)ring[before] * ring[i + 1] - (long)ring[i] * ring[before + 1];
        return sum;
    }

    /// <summary>The rings by polygon: an exterior and its holes.</summary>
    public IReadOnlyList<IReadOnlyList<int[]>> Polygons()
    {
        var polygons = new List<List<int[]>>();
        foreach (var ring in Parts)
            if (polygons.Count == 0 || DoubleArea(ring) > 0)
                polygons.Add([ring]);
            else
                polygons[^1].Add(ring);
        return polygons;
    }
}
