using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tests.Tiles.Encoding;

/// <summary>Rings packed as the engine packs them.</summary>
public sealed record PackedRings(int[] Xy, int[] Starts, int[] Polygons);

/// <summary>Random geometries in and around a tile, in its units.</summary>
static class RingGen
{
    static readonly Gen<int> Wide = Gen.Choose(-6000, 10000);
    static readonly Gen<int> Near = Gen.Choose(-12, 12);

    public static readonly Arbitrary<double> Tolerances = Gen.Elements(0.0, 0.5, 1.0, 3.0, 10.0, 60.0).ToArbitrary();

    public static readonly Arbitrary<int[]> Lines =
        (from count in Gen.Choose(2, 40) from xy in Wide.ArrayOf(2 * count) select xy).ToArbitrary();

    /// <summary>Rings without any order: crossing, flat, repeated, outside, tiny.</summary>
    public static readonly Arbitrary<PackedRings> AnyRings =
        (from rings in AnyRing().ArrayOf().Where(rings => rings.Length is > 0 and < 8)
         from heads in Gen.Elements(true, false).ArrayOf(rings.Length)
         select Pack(rings, [.. Enumerable.Range(0, rings.Length).Where(ring => ring == 0 || heads[ring])])).ToArbitrary();

    /// <summary>
    /// Stars: places around a centre at random distances, simple before they are snapped to the grid; each with a hole of half its size or
    /// none.
    /// </summary>
    public static readonly Arbitrary<PackedRings> Stars =
        (from count in Gen.Choose(3, 60)
         from x in Gen.Choose(-1000, 5000)
         from y in Gen.Choose(-1000, 5000)
         from radius in Gen.Elements(2, 5, 20, 200, 2000, 20000)
         from shares in Gen.Choose(200, 1000).ArrayOf(count)
         from hasHole in Gen.Elements(true, false)
         select Pack(hasHole ? [Star(x, y, radius, shares), Star(x, y, radius / 2, shares)] : [Star(x, y, radius, shares)],
             [0])).ToArbitrary();

    public static Geometry ToGeometry(PackedRings rings, GeometryFactory factory)
        => factory.CreatePolygon(Ring(PartOf(rings, 0), factory),
            [.. Enumerable.Range(1, rings.Starts.Length - 1).Select(hole => Ring(PartOf(rings, hole), factory))]);

    public static LinearRing Ring(int[] xy, GeometryFactory factory)
        => factory.CreateLinearRing([.. Places(xy), new(xy[0], xy[1])]);

    public static Coordinate[] Places(int[] xy) => [.. xy.Chunk(2).Select(place => new Coordinate(place[0], place[1]))];

    static Gen<int[]> AnyRing()
        => from count in Gen.Choose(1, 14)
           from isTiny in Gen.Elements(true, false)
           from xy in (isTiny ? Near : Wide).ArrayOf(2 * count)
           select xy;

    static int[] Star(int x, int y, int radius, int[] shares)
        => [.. shares.Index().SelectMany(pair =>
        {
            var angle = 2 * Math.PI * pair.Index / shares.Length;
            return new[] { x + (int)(radius * pair.Item / 1000.0 * Math.Cos(angle)),
                y + (int)(radius * pair.Item / 1000.0 * Math.Sin(angle)) };
        })];

    static int[] PartOf(PackedRings rings, int ring)
        => CityOps.Gis.Tiles.Encoding.PartRun.Part(rings.Xy, rings.Starts, ring).ToArray();

    static PackedRings Pack(int[][] rings, int[] polygons)
        => new([.. rings.SelectMany(ring => ring)], [.. rings.Select((_, i) => rings.Take(i).Sum(ring => ring.Length / 2))], polygons);
}
