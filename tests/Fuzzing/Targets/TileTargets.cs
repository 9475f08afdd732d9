using CityOps.Gis.Tiles.Encoding;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>Tiles that are read, and tiles that are written of any coordinates and texts.</summary>
static class TileTargets
{
    static readonly byte[] Program = [.. Enumerable.Range(0, 200).Select(one => (byte)(one * 37))];

    /// <summary>Declared: <see cref="MvtException"/>.</summary>
    public static FuzzTarget Reader => new("mvt-reader", [Made(Program), Made([.. Program.Reverse()]), Made([1, 2, 3])], [[0x1a], [0x0a], [0x12, 0x80], [0xff, 0xff, 0xff, 0xff, 0x0f], [0x22, 0x00], [0x78, 0x02]], input =>
    {
        try
        {
            var tile = MvtReader.Read(input);
            return $"layers {tile.Layers.Count}";
        }
        catch (MvtException refused)
        {
            return refused.Fault.ToString();
        }
    });

    /// <summary>Whatever is written, the strict reader takes, with as many features as the writer counts.</summary>
    public static FuzzTarget Writer => new("mvt-writer", [Program, [], [0, 0, 0, 0], [255, 255, 255, 255, 255]], [], input =>
    {
        var tile = MvtReader.Read(Made(input));
        return string.Join(' ', tile.Layers.Select(layer => layer.Features.Count));
    });

    // The bytes are a program: what to write next, and with what. A feature's geometry may come to nothing, as in real tiles.
    static byte[] Made(byte[] program)
    {
        var (writer, at, layers) = (new MvtWriter(), 0, 0);
        int Byte() => at < program.Length ? program[at++] : 0;
        int Number() => Byte() << 24 | Byte() << 16 | Byte() << 8 | Byte();
        writer.Begin();
        while (at < program.Length && layers < 8)
        {
            writer.BeginLayer([(byte)('a' + layers++)], 1 + (Byte() << 4));
            for (var features = Byte() & 15; features > 0; features--)
                Feature(writer, Byte, Number);
            writer.EndLayer();
        }
        return writer.End().ToArray();
    }

    static void Feature(MvtWriter writer, Func<int> next, Func<int> number)
    {
        var type = (MvtGeometryType)(1 + next() % 3);
        writer.BeginFeature((ulong)number(), type);
        for (var tags = next() & 3; tags > 0; tags--)
            writer.Tag(writer.Key([(byte)('k' + tags)]), (next() & 3) switch { 0 => writer.Integer(number()), 1 => writer.Real(BitConverter.Int32BitsToSingle(number())), 2 => writer.Truth(next() > 127), _ => writer.Text([(byte)(32 + (next() & 63))]) });
        // Rings are those of the clipper: clockwise, within an extent and its margin.
        Span<int> places = stackalloc int[2 * (1 + (next() & 7))];
        for (var one = 0; one < places.Length; one++)
            places[one] = type == MvtGeometryType.Polygon ? (short)number() : number() >> 4;
        _ = type switch
        {
            MvtGeometryType.Point => Points(writer, places),
            MvtGeometryType.Line => writer.Line(places),
            _ => writer.Ring(Square(places[0] & 0xfff, 1 + (next() & 0xff))),
        };
        writer.EndFeature();
    }

    static bool Points(MvtWriter writer, ReadOnlySpan<int> places)
    {
        writer.Points(places);
        return true;
    }

    static int[] Square(int at, int side) => [at, at, at + side, at, at + side, at + side, at, at + side];
}
