namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Finds all places of the city. A small survey takes the dense core, the main roads and whole communities first.</summary>
sealed class PlaceFinder(CityLattice lattice, StreetNetwork network, Dice dice)
{
    const int LongestStretch = 6;

    public List<Place> Find()
    {
        var places = new List<Place>();
        foreach (var street in network.Streets)
            AddStretches(places, street);
        for (var j = 1; j < CityLattice.Rows; j++)
            for (var i = 1; i < CityLattice.Columns; i++)
                if (IsCrossing(i, j) && lattice.Community[CityLattice.Cell(i, j)] >= 0)
                    Add(places, PlaceKind.Crossing, false, WidestArm(i, j), i, j, 0);
        for (var cell = 0; cell < lattice.Community.Length; cell++)
            if (lattice.Community[cell] >= 0 && CityLattice.CellAt(cell) is var at)
                Add(places, lattice.IsBuilt[cell] ? PlaceKind.Yard : PlaceKind.Country, false, RoadClass.None, at.I, at.J, 0);
        return [.. places.OrderBy(place => place.Community).ThenBy(place => place.Kind).ThenBy(place => place.J * 1024 + place.I).ThenBy(place => place.IsNorth)];
    }

    void AddStretches(List<Place> places, Street street)
    {
        for (int from = street.From, to; from < street.To; from = to)
        {
            to = from + 1;
            while (to < street.To && to - from < LongestStretch && !IsCrossing(street.IsNorth ? street.Line : to, street.IsNorth ? to : street.Line))
                to++;
            var (i, j) = street.IsNorth ? (street.Line, from) : (from, street.Line);
            if (lattice.Community[CityLattice.Cell(i, j)] >= 0)
                Add(places, PlaceKind.Roadside, street.IsNorth, street.Class, i, j, to - from);
        }
    }

    void Add(List<Place> places, PlaceKind kind, bool isNorth, RoadClass roadClass, int i, int j, int edges)
    {
        var cell = CityLattice.Cell(i, j);
        var community = lattice.Community[cell];
        var rank = 0.5 * (1 - lattice.Density[cell]) + 0.35 * dice.Unit(community, 51) + 0.05 * dice.Unit(cell, 52) - (roadClass <= RoadClass.Secondary ? 0.12 : 0);
        if (kind == PlaceKind.Country)
            rank = dice.Unit(cell, 53) is var chance && chance < 0.01 ? 20 * chance : 1 + chance;
        places.Add(new(kind, isNorth, roadClass, (short)i, (short)j, (byte)edges, community, (float)rank));
    }

    bool IsCrossing(int i, int j)
        => (Has(i, j, 0) || Has(i, j, 2)) && (Has(i, j, 1) || Has(i, j, 3));

    bool Has(int i, int j, int arm) => lattice.Arm(i, j, arm) != RoadClass.None;

    RoadClass WidestArm(int i, int j)
        => (RoadClass)Math.Min(Math.Min((byte)lattice.Arm(i, j, 0), (byte)lattice.Arm(i, j, 1)), Math.Min((byte)lattice.Arm(i, j, 2), (byte)lattice.Arm(i, j, 3)));
}
