using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Edges of a lattice's bands within a box, worked out once for a scan: ascending in world units, the northernmost band first. Read by all workers.</summary>
sealed class LatticeEdges
{
    readonly long[] _edges;

    public LatticeEdges(HeatGrid lattice, WorldBox box)
    {
        (Lattice, North) = (lattice, lattice.BandOf(box.MinY));
        South = lattice.BandOf(box.MaxY);
        _edges = new long[North - South + 2];
        for (var at = 0; at < _edges.Length; at++)
            _edges[at] = lattice.EdgeOf(North + 1 - at);
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

    /// <summary>The band of a row of units, which lies between two bands.</summary>
    public int BandOf(uint y, int north, int south)
    {
        while (north > south)
        {
            var middle = south + (north - south + 1 >> 1);
            if (y < EdgeOf(middle))
                south = middle;
            else
                north = middle - 1;
        }
        return north;
    }
}
