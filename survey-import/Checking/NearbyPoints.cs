namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>
/// Points of a delivery by class and place, to find two of one class closer than its accuracy. An open-addressing table of (class, x, y) in 1e-7 degrees
/// (12 bytes a point at load up to 0.7), bucketed by squares wide enough that four of them hold every neighbour.
/// </summary>
public sealed class NearbyPoints
{
    const double UnitsPerDegree = 1e7;
    const double MetersPerUnit = 6378137 * Math.PI / 180 / UnitsPerDegree;

    Spot[] _slots = new Spot[1 << 16];
    readonly List<double> _tolerances = [0];
    int _count;

    /// <param name="Class">Number of the class from 1; 0 = an empty slot.</param>
    /// <param name="X">From 180° W.</param>
    /// <param name="Y">From 90° S.</param>
    readonly record struct Spot(int Class, uint X, uint Y);

    /// <summary>A number for a class and its tolerance, to be used in <see cref="Add"/>.</summary>
    public int Register(double toleranceMeters)
    {
        _tolerances.Add(toleranceMeters);
        return _tolerances.Count - 1;
    }

    /// <summary>Puts a point in; true when an earlier one of the class lies within the tolerance.</summary>
    public bool Add(int classNumber, double longitude, double latitude)
    {
        if (_count * 10L > _slots.Length * 7L)
            Grow();
        var spot = new Spot(classNumber, (uint)Math.Round((longitude + 180) * UnitsPerDegree), (uint)Math.Round((latitude + 90) * UnitsPerDegree));
        var isNear = HasNeighbour(spot, Math.Cos(latitude * Math.PI / 180));
        Insert(_slots, spot);
        _count++;
        return isNear;
    }

    bool HasNeighbour(Spot spot, double cosine)
    {
        var side = Side(spot.Class);
        var (column, columnRest) = Math.DivRem((long)spot.X, side);
        var (row, rowRest) = Math.DivRem((long)spot.Y, side);
        var beside = columnRest * 2 < side ? column - 1 : column + 1;
        var above = rowRest * 2 < side ? row - 1 : row + 1;
        return Holds(spot, column, row, cosine) || Holds(spot, beside, row, cosine) || Holds(spot, column, above, cosine) || Holds(spot, beside, above, cosine);
    }

    bool Holds(Spot spot, long column, long row, double cosine)
    {
        var mask = _slots.Length - 1;
        var tolerance = _tolerances[spot.Class];
        for (var at = Bucket(spot.Class, column, row) & mask; _slots[at].Class != 0; at = (at + 1) & mask)
        {
            if (_slots[at].Class != spot.Class)
                continue;
            var (east, north) = ((_slots[at].X - (double)spot.X) * MetersPerUnit * cosine, (_slots[at].Y - (double)spot.Y) * MetersPerUnit);
            if (east * east + north * north < tolerance * tolerance)
                return true;
        }
        return false;
    }

    // Twice the tolerance, wide enough for a degree of longitude up to 60° of latitude.
    int Side(int classNumber) => Math.Max(1, (int)Math.Ceiling(_tolerances[classNumber] * 4 / MetersPerUnit));

    void Insert(Spot[] slots, Spot spot)
    {
        var side = Side(spot.Class);
        var mask = slots.Length - 1;
        var at = Bucket(spot.Class, spot.X / side, spot.Y / side) & mask;
        while (slots[at].Class != 0)
            at = (at + 1) & mask;
        slots[at] = spot;
    }

    static int Bucket(int classNumber, long column, long row)
    {
        var mixed = ((ulong)column << 32 | (uint)row) + (ulong)classNumber * 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ mixed >> 31) * 0xBF58476D1CE4E5B9UL;
        return (int)(mixed >> 33);
    }

    void Grow()
    {
        var larger = new Spot[_slots.Length * 2];
        foreach (var spot in _slots)
            if (spot.Class != 0)
                Insert(larger, spot);
        _slots = larger;
    }
}
