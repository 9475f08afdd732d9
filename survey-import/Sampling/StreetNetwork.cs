namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>All roads of the city, found on the lattice line by line; writes <c>base/roads.shp</c>.</summary>
sealed class StreetNetwork
{
    const int LongestRoad = 90;

    readonly CityLattice _lattice;
    readonly Names _names;
    readonly int[] _eastStreets = new int[(CityLattice.Columns + 1) * (CityLattice.Rows + 1)];
    readonly int[] _northStreets = new int[(CityLattice.Columns + 1) * (CityLattice.Rows + 1)];

    public StreetNetwork(CityLattice lattice, Names names)
    {
        (_lattice, _names) = (lattice, names);
        // Wide roads first, so that they get the well-known names.
        for (var roadClass = RoadClass.Expressway; roadClass < RoadClass.None; roadClass++)
            for (var line = 1; line < CityLattice.Columns; line++)
            {
                AddLine(false, line, CityLattice.Columns, roadClass);
                AddLine(true, line, CityLattice.Rows, roadClass);
            }
    }

    public List<Street> Streets { get; } = [];

    /// <summary>Index of the street on the edge that leaves a vertex east or north.</summary>
    public int StreetAt(bool isNorth, int i, int j) => (isNorth ? _northStreets : _eastStreets)[CityLattice.Vertex(i, j)];

    public void Write(string folder, SampleTally tally)
    {
        Directory.CreateDirectory(folder);
        using var file = new ShapefileWriter(Path.Combine(folder, "roads"), ShapeKind.Line, [new("RoadCode", 'C', 20), new("RoadName", 'C', 50), new("RoadClass", 'C', 20)]);
        foreach (var street in Streets)
        {
            file.Set(0, street.Code);
            file.Set(1, street.Name);
            file.Set(2, Street.ClassName(street.Class));
            file.EndParts(Course(street));
        }
        tally.Add("base/roads.shp", file.Rows);
    }

    double[] Course(Street street)
    {
        var course = new List<double>();
        for (var at = street.From; at <= street.To; at++)
        {
            var vertex = street.IsNorth ? CityLattice.Vertex(street.Line, at) : CityLattice.Vertex(at, street.Line);
            course.Add(_lattice.East[vertex]);
            course.Add(_lattice.North[vertex]);
        }
        return [.. course];
    }

    void AddLine(bool isNorth, int line, int length, RoadClass roadClass)
    {
        if (line >= (isNorth ? CityLattice.Columns : CityLattice.Rows))
            return;
        for (var from = 0; from < length; from++)
        {
            var to = from;
            while (to < length && to - from < LongestRoad && ClassAt(isNorth, line, to) == roadClass)
                to++;
            if (to == from)
                continue;
            for (var at = from; at < to; at++)
                (isNorth ? _northStreets : _eastStreets)[isNorth ? CityLattice.Vertex(line, at) : CityLattice.Vertex(at, line)] = Streets.Count;
            Streets.Add(new($"3502{Streets.Count + 1:D6}", _names.Road(roadClass), roadClass, isNorth, line, from, to));
            from = to - 1;
        }
    }

    RoadClass ClassAt(bool isNorth, int line, int at)
        => isNorth ? _lattice.RoadNorth[CityLattice.Vertex(line, at)] : _lattice.RoadEast[CityLattice.Vertex(at, line)];
}
