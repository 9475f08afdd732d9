namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Says where the things of one class stand in one place: always the same answer for the same city, so the counting and the writing pass agree.
/// Every shape lies in one unit grid, at least <see cref="Margin"/> from the lattice's edges. Of one class, points stand farther apart
/// than 1.5 times their permitted error, by spacing along a street and by setbacks from the crossings.
/// </summary>
sealed class Placer(CityLattice lattice, StreetNetwork network, Dice dice, bool isFull)
{
    const double Margin = 0.05;
    const double Setback = 4;

    static readonly (int I, int J)[] Arms = [(1, 0), (0, 1), (-1, 0), (0, -1)];
    static readonly (int I, int J)[] Quadrants = [(0, 0), (-1, 0), (-1, -1), (0, -1)];

    readonly double[] _lengths = new double[256];

    /// <summary>Replaces the content of <paramref name="found"/>.</summary>
    public void Fill(in Place place, ClassRule rule, int ruleIndex, List<PlacedShape> found)
    {
        found.Clear();
        var amount = isFull ? rule.Full : rule.Normal;
        if (place.Kind != rule.Where || amount <= 0 || (place.Kind <= PlaceKind.Crossing && (place.Class < rule.Widest || place.Class > rule.Narrowest)))
            return;
        if (place.Kind == PlaceKind.Roadside)
            FillStreet(place, rule, ruleIndex, amount, found);
        else if (place.Kind == PlaceKind.Crossing)
            FillCrossing(place, rule, ruleIndex, amount, found);
        else
            FillBlock(place, rule, ruleIndex, amount, found);
    }

    void FillStreet(in Place place, ClassRule rule, int ruleIndex, double spacing, List<PlacedShape> found)
    {
        var length = Measure(place);
        var offset = Math.Max(0.7, rule.IsFromCentre ? rule.Kerb : Street.HalfWidth(place.Class) + rule.Kerb);
        var setback = Setback + offset + rule.HalfLength;
        var usable = length - 2 * setback;
        if (usable <= 0)
            return;
        var id = CityLattice.Vertex(place.I, place.J) * 2 + (place.IsNorth ? 1 : 0);
        var chosen = dice.Unit(id, ruleIndex, 61) < 0.5 ? 1 : -1;
        for (var side = 1; side >= -1; side -= 2)
        {
            if (!rule.IsBothSides && side != chosen)
                continue;
            var number = usable >= spacing ? (int)(usable / spacing) + 1 : dice.Unit(id, ruleIndex, 62 + side) < usable / spacing ? 1 : 0;
            var start = setback + (usable - (number - 1) * spacing) * dice.Unit(id, ruleIndex, 65 + side);
            for (var k = 0; k < number; k++)
                PlaceOnStreet(place, rule, start + k * spacing, side * offset, found);
        }
    }

    /// <summary>Fills the distances of the stretch's vertices from its start; gives its length.</summary>
    double Measure(in Place place)
    {
        var length = 0.0;
        for (var e = 0; e < place.Edges; e++)
        {
            _lengths[e] = length;
            var (a, b) = EdgeOf(place, e);
            var (dx, dy) = (lattice.East[b] - lattice.East[a], lattice.North[b] - lattice.North[a]);
            length += Math.Sqrt(dx * dx + dy * dy);
        }
        _lengths[place.Edges] = length;
        return length;
    }

    static (int A, int B) EdgeOf(in Place place, int edge)
        => place.IsNorth
            ? (CityLattice.Vertex(place.I, place.J + edge), CityLattice.Vertex(place.I, place.J + edge + 1))
            : (CityLattice.Vertex(place.I + edge, place.J), CityLattice.Vertex(place.I + edge + 1, place.J));

    void PlaceOnStreet(in Place place, ClassRule rule, double along, double offset, List<PlacedShape> found)
    {
        var edge = 0;
        while (edge + 1 < place.Edges && _lengths[edge + 1] <= along)
            edge++;
        var (a, b) = EdgeOf(place, edge);
        var length = _lengths[edge + 1] - _lengths[edge];
        var (ux, uy) = ((lattice.East[b] - lattice.East[a]) / length, (lattice.North[b] - lattice.North[a]) / length);
        // A long thing stays beside one edge of the lattice, so that it stays in one grid.
        var at = rule.HalfLength > 0 ? Math.Clamp(along - _lengths[edge], rule.HalfLength + 3, length - rule.HalfLength - 3) : along - _lengths[edge];
        var isLeft = offset > 0;
        var (i, j) = place.IsNorth ? (place.I - (isLeft ? 1 : 0), place.J + edge) : (place.I + edge, place.J - (isLeft ? 0 : 1));
        var street = network.StreetAt(place.IsNorth, place.I, place.J);
        var (x, y) = (lattice.East[a] + ux * at - uy * offset, lattice.North[a] + uy * at + ux * offset);
        if (!Add(x, y, ux, uy, rule, i, j, street, found))
            Add(x + 0.35 * ux, y + 0.35 * uy, ux, uy, rule, i, j, street, found);
    }

    void FillCrossing(in Place place, ClassRule rule, int ruleIndex, double perCorner, List<PlacedShape> found)
    {
        var vertex = CityLattice.Vertex(place.I, place.J);
        for (var q = 0; q < 4; q++)
        {
            var (roadA, roadB) = (lattice.Arm(place.I, place.J, q), lattice.Arm(place.I, place.J, (q + 1) % 4));
            if (roadA == RoadClass.None || roadB == RoadClass.None)
                continue;
            var (ax, ay) = Unit(vertex, place, q);
            var (bx, by) = Unit(vertex, place, (q + 1) % 4);
            var (alongA, alongB) = (Street.HalfWidth(roadB) + rule.Kerb, Street.HalfWidth(roadA) + rule.Kerb);
            var number = (int)perCorner + (dice.Unit(vertex, ruleIndex, 70 + q) < perCorner - (int)perCorner ? 1 : 0);
            var street = q % 2 == 0 ? StreetOfArm(place, q) : StreetOfArm(place, (q + 1) % 4);
            for (var k = 0; k < number; k++)
                Add(lattice.East[vertex] + ax * (alongA + 1.6 * k) + bx * alongB, lattice.North[vertex] + ay * (alongA + 1.6 * k) + by * alongB,
                    ax, ay, rule, place.I + Quadrants[q].I, place.J + Quadrants[q].J, street, found);
        }
    }

    int StreetOfArm(in Place place, int arm) => network.StreetAt(false, arm == 0 ? place.I : place.I - 1, place.J);

    (double X, double Y) Unit(int vertex, in Place place, int arm)
    {
        var to = CityLattice.Vertex(place.I + Arms[arm].I, place.J + Arms[arm].J);
        var (dx, dy) = (lattice.East[to] - lattice.East[vertex], lattice.North[to] - lattice.North[vertex]);
        var length = Math.Sqrt(dx * dx + dy * dy);
        return (dx / length, dy / length);
    }

    /// <summary>Slots of a square pattern in the middle 60 % of a cell, each slightly off its centre.</summary>
    void FillBlock(in Place place, ClassRule rule, int ruleIndex, double number, List<PlacedShape> found)
    {
        var side = Math.Max(1, (int)Math.Ceiling(Math.Sqrt(number)));
        var cell = CityLattice.Cell(place.I, place.J);
        var (a, b, _, _) = CityLattice.Corners(place.I, place.J);
        var length = Math.Sqrt((lattice.East[b] - lattice.East[a]) * (lattice.East[b] - lattice.East[a]) + (lattice.North[b] - lattice.North[a]) * (lattice.North[b] - lattice.North[a]));
        var (ux, uy) = ((lattice.East[b] - lattice.East[a]) / length, (lattice.North[b] - lattice.North[a]) / length);
        for (var slot = 0; slot < side * side; slot++)
        {
            if (dice.Unit(cell, ruleIndex, 1000 + slot) >= number / (side * side))
                continue;
            var s = 0.2 + 0.6 * (slot % side + 0.3 + 0.4 * dice.Unit(cell, ruleIndex, 2000 + slot)) / side;
            var t = 0.2 + 0.6 * (slot / side + 0.3 + 0.4 * dice.Unit(cell, ruleIndex, 3000 + slot)) / side;
            var (x, y) = lattice.Inside(place.I, place.J, s, t);
            Add(x, y, ux, uy, rule, place.I, place.J, -1, found);
        }
    }

    bool Add(double x, double y, double ux, double uy, ClassRule rule, int i, int j, int street, List<PlacedShape> found)
    {
        (x, y) = (Math.Round(x, 3), Math.Round(y, 3));
        var cell = lattice.Locate(x, y, i, j, Margin);
        if (cell < 0 || lattice.Grid[cell] < 0)
            return false;
        var shape = new PlacedShape(x, y, Round(rule.HalfLength * ux), Round(rule.HalfLength * uy), Round(-rule.HalfWidth * uy), Round(rule.HalfWidth * ux), cell, street);
        if ((rule.HalfLength > 0 || rule.HalfWidth > 0) && !IsInOneCell(shape))
            return false;
        found.Add(shape);
        return true;
    }

    static double Round(double metres) => Math.Round(metres, 3);

    bool IsInOneCell(in PlacedShape shape)
        => IsSame(shape, 1, 1) && IsSame(shape, 1, -1) && IsSame(shape, -1, 1) && IsSame(shape, -1, -1);

    bool IsSame(in PlacedShape shape, int a, int b)
    {
        var (i, j) = CityLattice.CellAt(shape.Cell);
        return lattice.Locate(shape.X + a * shape.Ax + b * shape.Bx, shape.Y + a * shape.Ay + b * shape.By, i, j, Margin) == shape.Cell;
    }
}
