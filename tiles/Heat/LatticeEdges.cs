using System.Numerics;
using System.Runtime.CompilerServices;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Edges of a lattice's bands within a box, worked out once for a scan: ascending in world units, the northernmost band first. Read by all workers.</summary>
sealed class LatticeEdges
{
    const int MostPlaces = 1 << 20;
    readonly long[] _edges;

    // The band at the northern end of each run of 2^_shift units: a place is there or in the next one or few to the south.
    readonly int[] _bandOfRun;
    readonly uint _top;
    readonly int _shift;

    public LatticeEdges(HeatGrid lattice, WorldBox box)
    {
        (Lattice, North) = (lattice, lattice.BandOf(box.MinY));
        South = lattice.BandOf(box.MaxY);
        _edges = new long[North - South + 2];
        for (var at = 0; at < _edges.Length; at++)
            _edges[at] = lattice.EdgeOf(North + 1 - at);
        (_top, _shift) = (box.MinY, Shift(_edges, box));
        _bandOfRun = new int[(box.MaxY - box.MinY >> _shift) + 1];
        for (var (run, band) = (0, North); run < _bandOfRun.Length; run++)
        {
            while (_top + ((long)run << _shift) >= EdgeOf(band))
                band--;
            _bandOfRun[run] = band;
        }
        var (west, east) = (lattice.StepOf(box.MinX), lattice.StepOf(box.MaxX));
        (SouthWest, NorthEast) = lattice.IsHexagonal
            ? (new HeatCell((west >> 1) - 1, (South >> 1) - 1), new HeatCell((east >> 1) + 1, (North >> 1) + 1))
            : (new HeatCell(west, South), new HeatCell(east, North));
    }

    public HeatGrid Lattice { get; }
    public int North { get; }
    public int South { get; }

    /// <summary>The cells that a place within the box may lie in.</summary>
    public HeatCell SouthWest { get; }
    public HeatCell NorthEast { get; }

    /// <summary>Southern edge of a band.</summary>
    public long EdgeOf(int band) => _edges[North + 1 - band];

    /// <summary>The band of a row of units within the box.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BandOf(uint y)
    {
        var band = _bandOfRun[y - _top >> _shift];
        while (y >= _edges[North + 1 - band])
            band--;
        return band;
    }

    // As long as the lowest band, so that mostly one edge lies in a run; longer where the box is large.
    static int Shift(long[] edges, WorldBox box)
    {
        var lowest = long.MaxValue;
        for (var at = 1; at < edges.Length; at++)
            lowest = Math.Min(lowest, Math.Max(1, edges[at] - edges[at - 1]));
        var shift = BitOperations.Log2((ulong)lowest);
        while (box.MaxY - box.MinY >> shift >= MostPlaces)
            shift++;
        return shift;
    }
}
