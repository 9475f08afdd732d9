using CityOps.Gis.Heat;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Vector tiles of a heat map: layer <c>heat</c>, a polygon per cell, clipped by the tile and its buffer. Cells come from one city-wide lattice and lie on units
/// rounded alike, so neighbouring tiles agree. One call's; it keeps its buffers for one tile.
/// </summary>
public sealed class HeatTiles
{
    /// <summary>Most cells in a tile, about 300 KB; a map with more at a zoom shows coarser cells there.</summary>
    public const int MostCells = 6_000;
    const int WorldBits = 32, UnitBits = 12;

    readonly MvtWriter _writer = new();
    readonly ClipAndSimplify _exact = new(ClipBox.Of(TileQuery.Extent, TileQuery.Buffer));
    readonly ClipAndSimplify _simplified = new(ClipBox.Of(TileQuery.Extent, TileQuery.Buffer), tolerance: 1);
    readonly List<int> _xy = [], _starts = [], _polygons = [];

    // Index of the cells' size among the tile's values; negative until it has one.
    int _size;

    /// <summary>Has a tile of a zoom too many cells? Asked of all tiles together, so that all show the same cells.</summary>
    public static bool IsTooDense(HeatAnswer answer, int zoom)
    {
        if (answer.Length <= MostCells)
            return false;
        var tiles = new Dictionary<(int, int), int>();
        for (var cell = 0; cell < answer.Length; cell++)
            if (answer.Centre(cell) is var (longitude, latitude))
            {
                var tile = ((int)(WebMercator.U(longitude) * (1L << zoom)), (int)(WebMercator.V(latitude) * (1L << zoom)));
                if ((tiles[tile] = tiles.GetValueOrDefault(tile) + 1) > MostCells)
                    return true;
            }
        return false;
    }

    /// <summary>The question with the next coarser cells: of twice the size, or communities in place of grids; null where there are none.</summary>
    public static HeatQuestion? Coarser(HeatQuestion question) => question switch
    {
        { IsLattice: true, Size: var size } when size * 2 <= HeatQuestion.MostSize => question with { Size = size * 2 },
        { Cell: HeatCellKind.Grid } => question with { Cell = HeatCellKind.Community },
        _ => null,
    };

    /// <summary>The encoded tile; empty where the map has no cell.</summary>
    public ReadOnlyMemory<byte> Tile(HeatAnswer answer, TileCoord tile)
    {
        _size = -1;
        _writer.Begin();
        _writer.BeginLayer("heat"u8, TileQuery.Extent);
        foreach (var cell in answer.Lattice is null ? Enumerable.Range(0, answer.Length) : Within(answer.Lattice, answer.Keys, tile))
            WriteCell(answer, cell, tile);
        return _writer.EndLayer() ? _writer.End() : default;
    }

    // Keys are in order of rows, then columns.
    static IEnumerable<int> Within(HeatGrid lattice, long[] keys, TileCoord tile)
    {
        var side = 1L << (WorldBits - tile.Zoom);
        var margin = side * TileQuery.Buffer / TileQuery.Extent;
        var northWest = lattice.CellOf(Clamp(tile.X * side - margin), Clamp(tile.Y * side - margin));
        var southEast = lattice.CellOf(Clamp((tile.X + 1) * side + margin), Clamp((tile.Y + 1) * side + margin));
        for (var row = southEast.Row - 1; row <= northWest.Row + 1; row++)
        {
            var at = Array.BinarySearch(keys, new HeatCell(northWest.Column - 1, row).Key);
            for (at = at < 0 ? ~at : at; at < keys.Length && HeatCell.Of(keys[at]) is var cell && cell.Row == row && cell.Column <= southEast.Column + 1; at++)
                yield return at;
        }
    }

    void WriteCell(HeatAnswer answer, int cell, TileCoord tile)
    {
        if (!Place(answer, cell, tile))
            return;
        _writer.BeginFeature(MvtGeometryType.Polygon);
        Tag("id"u8, _writer.Text(System.Text.Encoding.UTF8.GetBytes(answer.Id(cell))));
        Tag("count"u8, _writer.Integer(answer.Counts[cell]));
        if (double.IsFinite(answer.Values[cell]))
        {
            Tag("value"u8, _writer.Real(answer.Values[cell]));
            Tag("class"u8, _writer.Integer(answer.Legend.ClassOf(answer.Values[cell])));
        }
        if (answer.Lattice is { } lattice)
            Tag("size"u8, _size = _size < 0 ? _writer.Real(lattice.Size) : _size);
        if (answer.Spots is { } spots && double.IsFinite(spots.Z[cell]))
        {
            Tag("spot"u8, _writer.Integer(spots.Spot(cell)));
            Tag("z"u8, _writer.Real(Math.Round(spots.Z[cell], 3)));
        }
        (answer.Lattice is null ? _simplified : _exact).Polygons(Span(_xy), Span(_starts), Span(_polygons), _writer);
        _writer.EndFeature();
    }

    // The cell's rings in tile units; false where it has no shape or lies beyond the tile.
    bool Place(HeatAnswer answer, int cell, TileCoord tile)
    {
        _xy.Clear();
        _starts.Clear();
        _polygons.Clear();
        if (answer.Lattice is { } lattice)
        {
            _polygons.Add(0);
            _starts.Add(0);
            foreach (var (x, y) in lattice.Corners(HeatCell.Of(answer.Keys[cell])))
                Add(x, y, tile);
            return true;
        }
        if (answer.AreaOf(cell) is not (>= 0 and var area) || answer.Areas!.Shapes[area] is not { } shape || !Meets(shape.EnvelopeInternal, tile))
            return false;
        for (var part = 0; part < shape.NumGeometries; part++)
            if (shape.GetGeometryN(part) is Polygon { IsEmpty: false } polygon)
                AddPolygon(polygon, tile);
        return _polygons.Count > 0;
    }

    void AddPolygon(Polygon polygon, TileCoord tile)
    {
        _polygons.Add(_starts.Count);
        foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
        {
            _starts.Add(_xy.Count / 2);
            for (var at = 0; at < ring.NumPoints; at++)
                Add((long)(WebMercator.U(ring.CoordinateSequence.GetX(at)) * (1L << WorldBits)), (long)(WebMercator.V(ring.CoordinateSequence.GetY(at)) * (1L << WorldBits)), tile);
        }
    }

    // Rounded to units of the zoom before the tile's corner is taken off, so that all tiles round alike.
    void Add(long x, long y, TileCoord tile)
    {
        _xy.Add((int)(Unit(x, tile.Zoom) - ((long)tile.X << UnitBits)));
        _xy.Add((int)(Unit(y, tile.Zoom) - ((long)tile.Y << UnitBits)));
    }

    static long Unit(long world, int zoom)
        => WorldBits - UnitBits - zoom is > 0 and var shift ? world + (1L << (shift - 1)) >> shift : world << zoom - (WorldBits - UnitBits);

    static bool Meets(Envelope box, TileCoord tile)
        => WebMercator.Degrees(tile, (double)TileQuery.Buffer / TileQuery.Extent) is var (west, south, east, north) && box.Intersects(new Envelope(west, east, south, north));

    void Tag(ReadOnlySpan<byte> key, int value) => _writer.Tag(_writer.Key(key), value);

    static Span<int> Span(List<int> list) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);

    static uint Clamp(long units) => (uint)Math.Clamp(units, 0, uint.MaxValue);
}
