using System.Buffers.Binary;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Numbers of two-dimensional ISO WKB (OGC 06-103r4, clause 8), little-endian throughout, and a walk over its coordinates.</summary>
static class Wkb
{
    public const int Point = 1, LineString = 2, Polygon = 3, MultiPoint = 4, MultiLineString = 5, MultiPolygon = 6, Collection = 7;

    /// <summary>Visits every run of consecutive points (16 bytes each: x, y), with their number.</summary>
    public static void ForEachRun(byte[] wkb, Action<Memory<byte>, int> visit) => Walk(wkb, 0, visit);

    /// <returns>Where the geometry ends.</returns>
    static int Walk(byte[] wkb, int at, Action<Memory<byte>, int> visit)
    {
        var type = Number(wkb, at + 1);
        at += 5;
        switch (type)
        {
            case Point:
                return Run(wkb, at, 1, visit);
            case LineString:
                return Run(wkb, at + 4, Number(wkb, at), visit);
            case Polygon:
                var rings = Number(wkb, at);
                at += 4;
                for (var ring = 0; ring < rings; ring++)
                    at = Run(wkb, at + 4, Number(wkb, at), visit);
                return at;
            default:
                var members = Number(wkb, at);
                at += 4;
                for (var member = 0; member < members; member++)
                    at = Walk(wkb, at, visit);
                return at;
        }
    }

    static int Run(byte[] wkb, int at, int points, Action<Memory<byte>, int> visit)
    {
        visit(wkb.AsMemory(at, points * 16), points);
        return at + points * 16;
    }

    static int Number(byte[] wkb, int at) => BinaryPrimitives.ReadInt32LittleEndian(wkb.AsSpan(at));
}
