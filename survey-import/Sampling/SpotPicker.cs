namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Draws spots along the streets: anywhere in proportion to density, or around one of the city's hot spots.</summary>
sealed class SpotPicker
{
    const int HotSpots = 45;
    const double HotRadius = 7;

    readonly SampleWorld _world;
    readonly Place[] _streets;
    readonly double[] _everywhere;
    readonly List<(int[] Streets, double[] Weights)> _hot = [];
    readonly double[] _hotWeights;

    public SpotPicker(SampleWorld world)
    {
        _world = world;
        _streets = [.. world.Places.Where(place => place.Kind == PlaceKind.Roadside)];
        _everywhere = Cumulative(_streets.Select(place => place.Edges * (0.004 + DensityOf(place) * DensityOf(place))));
        var random = new SampleRandom((ulong)world.Seed + 101);
        for (var h = 0; h < HotSpots; h++)
            _hot.Add(Around(_streets[random.Pick(_everywhere)]));
        _hotWeights = Cumulative(Enumerable.Range(1, HotSpots).Select(rank => 1.0 / Math.Pow(rank, 0.7)));
    }

    public Spot Anywhere(SampleRandom random)
    {
        while (true)
            if (SpotOn(_streets[random.Pick(_everywhere)], random) is { } spot)
                return spot;
    }

    public Spot AtHotSpot(SampleRandom random)
    {
        var (streets, weights) = _hot[random.Pick(_hotWeights)];
        while (true)
            if (SpotOn(_streets[streets[random.Pick(weights)]], random) is { } spot)
                return spot;
    }

    double DensityOf(Place place) => _world.Spine.Lattice.Density[CityLattice.Cell(place.I, place.J)];

    (int[], double[]) Around(Place centre)
    {
        var near = Enumerable.Range(0, _streets.Length).Where(index => Squared(_streets[index], centre) <= HotRadius * HotRadius).ToArray();
        return (near, Cumulative(near.Select(index => _streets[index].Edges * Math.Exp(-Squared(_streets[index], centre) / 12))));
    }

    static double Squared(Place a, Place b) => (a.I - b.I) * (a.I - b.I) + (a.J - b.J) * (a.J - b.J);

    static double[] Cumulative(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(weight => sum += weight)];
    }

    Spot? SpotOn(in Place place, SampleRandom random)
    {
        var edge = random.Below(place.Edges);
        var (i, j) = place.IsNorth ? (place.I, place.J + edge) : (place.I + edge, (int)place.J);
        var (along, aside) = (0.1 + 0.8 * random.Unit(), Street.HalfWidth(place.Class) + 0.5 + 6 * random.Unit());
        var side = random.Unit() < 0.5 ? -1 : 1;
        var lattice = _world.Spine.Lattice;
        var (a, b) = (CityLattice.Vertex(i, j), place.IsNorth ? CityLattice.Vertex(i, j + 1) : CityLattice.Vertex(i + 1, j));
        var (dx, dy) = (lattice.East[b] - lattice.East[a], lattice.North[b] - lattice.North[a]);
        var length = Math.Sqrt(dx * dx + dy * dy);
        var x = Math.Round(lattice.East[a] + along * dx - side * aside * dy / length, 3);
        var y = Math.Round(lattice.North[a] + along * dy + side * aside * dx / length, 3);
        var cell = lattice.Locate(x, y, i, j, 0.1);
        return cell >= 0 && lattice.Grid[cell] >= 0 ? new(x, y, lattice.Grid[cell], _world.Network.StreetAt(place.IsNorth, place.I, place.J)) : null;
    }
}
