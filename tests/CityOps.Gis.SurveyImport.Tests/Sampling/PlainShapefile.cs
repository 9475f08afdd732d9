using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tests.SurveyImport.Sampling;

/// <summary>Reads back a shapefile byte by byte after the format's paper, sharing no code with the writer.</summary>
sealed class PlainShapefile
{
    static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    static readonly GeometryFactory Factory = new();

    readonly byte[] _shp;
    readonly byte[] _dbf;
    readonly Dictionary<string, (int Offset, int Width)> _columns = [];
    readonly int _header;
    readonly int _width;

    PlainShapefile(byte[] shp, byte[] dbf)
    {
        (_shp, _dbf) = (shp, dbf);
        Rows = BinaryPrimitives.ReadInt32LittleEndian(dbf.AsSpan(4));
        _header = BinaryPrimitives.ReadInt16LittleEndian(dbf.AsSpan(8));
        _width = BinaryPrimitives.ReadInt16LittleEndian(dbf.AsSpan(10));
        var offset = 1;
        for (var at = 32; dbf[at] != 0x0D; at += 32)
        {
            _columns[Gbk.GetString(dbf, at, 11).TrimEnd('\0')] = (offset, dbf[at + 16]);
            offset += dbf[at + 16];
        }
    }

    public int Rows { get; }

    public static PlainShapefile Open(string path) => new(File.ReadAllBytes(path), File.ReadAllBytes(Path.ChangeExtension(path, ".dbf")));

    public static IEnumerable<(string Name, PlainShapefile File)> OpenZip(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".shp", StringComparison.Ordinal)))
            yield return (entry.Name, new(Bytes(entry), Bytes(zip.GetEntry(Path.ChangeExtension(entry.Name, ".dbf"))!)));
    }

    public string Text(int row, string column)
    {
        var (offset, width) = _columns[column];
        return Gbk.GetString(_dbf, _header + row * _width + offset, width).Trim();
    }

    /// <summary>Geometries in row order; a point for a point, a middle point for a line, null for a null shape.</summary>
    public IEnumerable<Geometry?> Shapes()
    {
        for (var at = 100; at < _shp.Length; at += 8 + 2 * BinaryPrimitives.ReadInt32BigEndian(_shp.AsSpan(at + 4)))
            yield return BinaryPrimitives.ReadInt32LittleEndian(_shp.AsSpan(at + 8)) switch
            {
                0 => null,
                1 or 11 => Factory.CreatePoint(At(at + 12)),
                3 => Factory.CreatePoint(Rings(at + 8)[0][1]),
                _ => Polygon(Rings(at + 8)),
            };
    }

    Coordinate At(int at) => new(BinaryPrimitives.ReadDoubleLittleEndian(_shp.AsSpan(at)), BinaryPrimitives.ReadDoubleLittleEndian(_shp.AsSpan(at + 8)));

    List<Coordinate[]> Rings(int at)
    {
        var (parts, points) = (BinaryPrimitives.ReadInt32LittleEndian(_shp.AsSpan(at + 36)), BinaryPrimitives.ReadInt32LittleEndian(_shp.AsSpan(at + 40)));
        var rings = new List<Coordinate[]>();
        for (var p = 0; p < parts; p++)
        {
            var from = BinaryPrimitives.ReadInt32LittleEndian(_shp.AsSpan(at + 44 + 4 * p));
            var to = p + 1 < parts ? BinaryPrimitives.ReadInt32LittleEndian(_shp.AsSpan(at + 48 + 4 * p)) : points;
            rings.Add([.. Enumerable.Range(from, to - from).Select(i => At(at + 44 + 4 * parts + 16 * i))]);
        }
        return rings;
    }

    static Geometry Polygon(List<Coordinate[]> rings)
    {
        var shells = rings.Where(ring => !IsHole(ring)).Select(ring => Factory.CreatePolygon(ring)).ToList();
        var holes = rings.Where(IsHole).Select(Factory.CreateLinearRing).ToList();
        var polygons = shells.Select(shell => Factory.CreatePolygon(
            shell.Shell, [.. holes.Where(hole => shell.Contains(Factory.CreatePolygon(hole).InteriorPoint))])).ToArray();
        return polygons.Length == 1 ? polygons[0] : Factory.CreateMultiPolygon(polygons);
    }

    static bool IsHole(Coordinate[] ring) => NetTopologySuite.Algorithm.Area.OfRingSigned(ring) < 0;

    static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var memory = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
