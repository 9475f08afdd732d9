using System.Runtime.InteropServices;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Brings lines and polygons, given in tile units, into a tile: simplified, cut to the tile and its buffer, wound as MVT wants, never
/// invalid.
/// Simplifying comes first and sees the whole geometry, so neighbouring tiles agree along their edge. One thread's; the open feature is the
/// caller's.
/// </summary>
/// <remarks>
/// Geometries lie packed (see <see cref="PartRun"/>). Nothing is allocated for a polygon that <see cref="RingCheck"/> finds valid;
/// the others, cut into pieces or crossing themselves on the grid, go through <see cref="PolygonRepair"/>.
/// </remarks>
public sealed class ClipAndSimplify(ClipBox box, double tolerance = 0)
{
    readonly Simplifier _simplifier = new();
    readonly PolygonClipper _clipper = new();
    readonly RingCheck _check = new();
    readonly PartRun _simple = new();
    readonly PartRun _cut = new();
    readonly PartRun _mended = new();
    readonly List<bool> _isExterior = [];
    readonly List<bool> _isMendedExterior = [];
    int[] _turned = new int[256];

    /// <summary>Polygon features that had to be mended since this was made.</summary>
    public long Mended { get; private set; }

    /// <summary>
    /// Writes lines into the open feature; false when the tile sees none of them. <paramref name="starts"/> holds the place where each line
    /// starts.
    /// </summary>
    /// <param name="isInside">The box holds all of them, which the caller knows: nothing is looked at to be cut.</param>
    public bool Lines(ReadOnlySpan<int> xy, ReadOnlySpan<int> starts, MvtWriter writer, bool isInside = false)
    {
        var isWritten = false;
        for (var line = 0; line < starts.Length; line++)
        {
            var part = PartRun.Part(xy, starts, line);
            var side = isInside ? 1 : box.Side(part);
            if (side < 0)
                continue;
            _simple.Clear();
            _simplifier.Line(part, tolerance, _simple);
            if (_simple.Count > 0)
                isWritten |= side > 0 ? writer.Line(_simple[0]) : CutLine(_simple[0], writer);
        }
        return isWritten;
    }

    bool CutLine(ReadOnlySpan<int> line, MvtWriter writer)
    {
        var isWritten = false;
        _cut.Clear();
        LineClipper.Clip(line, box, _cut);
        for (var part = 0; part < _cut.Count; part++)
            isWritten |= writer.Line(_cut[part]);
        return isWritten;
    }

    /// <summary>
    /// Writes polygons into the open feature; false when the tile sees none of them. <paramref name="starts"/> holds the place where each
    /// ring starts
    /// and <paramref name="polygons"/> the number of each polygon's first ring, its exterior. Rings may be closed or not and run either
    /// way.
    /// </summary>
    /// <param name="isInside">The box holds all of them, which the caller knows: nothing is looked at to be cut.</param>
    public bool Polygons(ReadOnlySpan<int> xy, ReadOnlySpan<int> starts, ReadOnlySpan<int> polygons, MvtWriter writer, bool isInside = false)
    {
        Cut(xy, starts, polygons, tolerance, isInside);
        if (_cut.Count == 0)
            return false;
        if (_check.IsCertain(_cut, CollectionsMarshal.AsSpan(_isExterior)))
            return Write(_cut, _isExterior, writer);

        // A ring that crosses itself may do so only because places were left out: without that it is nearer to the truth.
        if (tolerance > 0)
        {
            Cut(xy, starts, polygons, 0, isInside);
            if (_check.IsCertain(_cut, CollectionsMarshal.AsSpan(_isExterior)))
                return Write(_cut, _isExterior, writer);
        }
        Mended++;
        _mended.Clear();
        _isMendedExterior.Clear();
        PolygonRepair.Mend(_cut, CollectionsMarshal.AsSpan(_isExterior), _mended, _isMendedExterior);
        return Write(_mended, _isMendedExterior, writer);
    }

    /// <summary>Fills the run of cut rings; a polygon whose exterior is gone takes its holes along.</summary>
    void Cut(ReadOnlySpan<int> xy, ReadOnlySpan<int> starts, ReadOnlySpan<int> polygons, double rounding, bool isInside)
    {
        _cut.Clear();
        _isExterior.Clear();
        for (var polygon = 0; polygon < polygons.Length; polygon++)
        {
            var end = polygon + 1 < polygons.Length ? polygons[polygon + 1] : starts.Length;
            if (!CutRing(PartRun.Part(xy, starts, polygons[polygon]), rounding, isInside))
                continue;
            _isExterior.Add(true);
            for (var ring = polygons[polygon] + 1; ring < end; ring++)
                if (CutRing(PartRun.Part(xy, starts, ring), rounding, isInside))
                    _isExterior.Add(false);
        }
    }

    bool CutRing(ReadOnlySpan<int> ring, double rounding, bool isInside)
    {
        var side = isInside ? 1 : box.Side(ring);
        var count = _cut.Count;
        if (side > 0)
            _simplifier.Ring(ring, rounding, _cut);
        else if (side == 0)
        {
            _simple.Clear();
            _simplifier.Ring(ring, rounding, _simple);
            if (_simple.Count > 0)
                CutRing(_simple[0]);
        }
        return _cut.Count > count;
    }

    void CutRing(ReadOnlySpan<int> simple)
    {
        _cut.Begin();
        if (box.Side(simple) > 0)
            _cut.Add(simple);
        else
        {
            _cut.Add(_clipper.Clip(simple, box));
            Simplifier.Straighten(_cut);
        }
    }

    bool Write(PartRun rings, List<bool> isExterior, MvtWriter writer)
    {
        var isWritten = false;
        for (var ring = 0; ring < rings.Count; ring++)
            isWritten |= writer.Ring(MvtFeature.DoubleArea(rings[ring]) > 0 == isExterior[ring] ? rings[ring] : Turned(rings[ring]));
        return isWritten;
    }

    ReadOnlySpan<int> Turned(ReadOnlySpan<int> ring)
    {
        if (_turned.Length < ring.Length)
            _turned = new int[2 * ring.Length];
        for (var i = 0; i < ring.Length; i += 2)
            (_turned[ring.Length - 2 - i], _turned[ring.Length - 1 - i]) = (ring[i], ring[i + 1]);
        return _turned.AsSpan(0, ring.Length);
    }
}
