using System.Globalization;
using CityOps.Gis.Tiles.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace CityOps.Gis.Tests.Tiles.Encoding;

/// <summary>Random layers as a tile may hold them.</summary>
static class TileGen
{
    static readonly Gen<int> Place = Gen.Choose(-300, 4400);

    static readonly Gen<object> Value = Gen.OneOf(
        Gen.Elements<object>("", "完好", "破损", new string('长', 100)),
        Gen.Elements<object>(0L, 1L, -1L, 127L, 128L, long.MaxValue, long.MinValue),
        Gen.Elements<object>(0.0, -1.5, double.MaxValue),
        Gen.Elements<object>(true, false));

    static readonly Gen<int[][]> Points = Xy(1, 60).Select(xy => new[] { xy });
    static readonly Gen<int[][]> Lines = Xy(2, 60).Where(Moves).ArrayOf().Where(lines => lines.Length > 0);

    // A square ring, exterior or with a hole in it; rings of random shape are the clipper's tests.
    static readonly Gen<int[][]> Rings =
        from x in Place from y in Place from side in Gen.Choose(3, 1000) from hole in Gen.Elements(true, false)
        select hole ? new[] { Square(x, y, side), Hole(x + 1, y + 1, side - 2) } : new[] { Square(x, y, side) };

    static readonly Gen<MvtFeature> Feature =
        from id in Gen.Choose(0, int.MaxValue)
        from type in Gen.Elements(MvtGeometryType.Point, MvtGeometryType.Line, MvtGeometryType.Polygon)
        from parts in type switch { MvtGeometryType.Point => Points, MvtGeometryType.Line => Lines, _ => Rings }
        from count in Gen.Choose(0, 20)
        from values in Value.ArrayOf(count)
        select new MvtFeature((ulong)id, type, values.Index().ToDictionary(pair => $"key{pair.Index}", pair => pair.Item), parts);

    public static readonly Arbitrary<IReadOnlyList<MvtLayer>> Layers =
        (from features in Feature.ArrayOf().Where(list => list.Length > 0).ArrayOf()
         from extent in Gen.Elements(256, 4096)
         select (IReadOnlyList<MvtLayer>)[.. features.Index().Select(pair => new MvtLayer($"layer{pair.Index}", 2, extent, [],
             [], pair.Item))]).ToArbitrary();

    public static string Text(MvtTile tile) => Text(tile.Layers);

    public static string Text(IReadOnlyList<MvtLayer> layers) => string.Join('\n', layers.Select(layer =>
        $"{layer.Name} {layer.Extent}\n" + string.Join('\n', layer.Features.Select(Text))));

    static string Text(MvtFeature feature)
        => $"{feature.Id} {feature.Type} {string.Join(',', feature.Attributes.Select(pair => string.Create(CultureInfo.InvariantCulture,
            $"{pair.Key}={pair.Value}")))} "
            + string.Join(';', feature.Parts.Select(part => string.Join(' ', part)));

    static Gen<int[]> Xy(int least, int most)
        => from count in Gen.Choose(least, most) from xy in Place.ArrayOf(2 * count) select xy;

    static bool Moves(int[] xy) => Enumerable.Range(1, xy.Length / 2 - 1).All(i
        => (xy[2 * i], xy[2 * i + 1]) != (xy[2 * i - 2], xy[2 * i - 1]));

    static int[] Square(int x, int y, int side) => [x, y, x + side, y, x + side, y + side, x, y + side];

    static int[] Hole(int x, int y, int side) => [x, y, x, y + side, x + side, y + side, x + side, y];
}
