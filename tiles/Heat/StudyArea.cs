using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// The cells among which hot spots are sought. Of lattices those whose centres lie in the asked areas (the districts, or the finest level that the question names), and
/// cells with features in the areas' box; without areas the box of the cells with features. Of areas all of the kind that lie in the asked ones. A question's own box
/// leaves out cells whose centres lie beyond it. Cells without a feature count as 0, where the measure has no value for them they are left out.
/// </summary>
sealed class StudyArea
{
    public const int MostCells = 2_000_000;

    /// <summary>Keys or numbers of <see cref="AreaSet"/>, ascending.</summary>
    public required long[] Keys { get; init; }
    public required double[] Values { get; init; }

    /// <summary>Place of each cell in the answer; -1 for those without a feature.</summary>
    public required int[] Cells { get; init; }

    /// <exception cref="HeatRefusedException">Too many cells.</exception>
    public static StudyArea Of(HeatAnswer answer, IReadOnlyList<Geometry> asked)
    {
        var known = new Dictionary<long, int>();
        for (var cell = 0; cell < answer.Length; cell++)
            if ((answer.Lattice is not null ? answer.Keys[cell] : answer.AreaOf(cell)) is var key && (answer.Lattice is not null || key >= 0))
                known[key] = cell;
        var isZero = answer.Question is { Measure: not (HeatMeasure.Mean or HeatMeasure.Per), Compare: not HeatComparison.Ratio };
        var keys = (answer.Lattice is null ? AreaKeys(answer) : LatticeKeys(answer, asked))
            .Where(key => known.TryGetValue(key, out var cell) ? double.IsFinite(answer.Values[cell]) : isZero)
            .Order().ToArray();
        return new()
        {
            Keys = keys,
            Cells = Array.ConvertAll(keys, key => known.GetValueOrDefault(key, -1)),
            Values = Array.ConvertAll(keys, key => known.TryGetValue(key, out var cell) ? answer.Values[cell] : 0),
        };
    }

    static IEnumerable<long> AreaKeys(HeatAnswer answer)
    {
        var (areas, query) = (answer.Areas!, answer.Question.Query);
        string[] asked = [.. query.Districts, .. query.Subdistricts, .. query.Communities, .. query.Grids];
        return Enumerable.Range(0, areas.Codes.Length)
            .Where(number => areas.Shapes[number] is { IsEmpty: false } && (asked.Length == 0 || asked.Any(code => Related(code, areas.Codes[number]))))
            .Where(number => IsIn(query, areas.Shapes[number]!.Centroid.X, areas.Shapes[number]!.Centroid.Y))
            .Select(number => (long)number);
    }

    // Codes of the levels begin with each other.
    static bool Related(string one, string other) => one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    static IEnumerable<long> LatticeKeys(HeatAnswer answer, IReadOnlyList<Geometry> asked)
    {
        var (lattice, cells, box) = (answer.Lattice!, new HashSet<HeatCell>(), new Envelope());
        foreach (var geometry in asked)
        {
            box.ExpandToInclude(geometry.EnvelopeInternal);
            RefuseAbove(cells.Count + geometry.Area / Math.Max(1e-12, CellDegrees(lattice, geometry.EnvelopeInternal.Centre.Y)));
            CellRaster.AddTo(cells, lattice, geometry);
        }
        var withFeatures = answer.Keys.Select(HeatCell.Of).Where(cell => box.IsNull || box.Contains(lattice.Centre(cell).Longitude, lattice.Centre(cell).Latitude)).ToList();
        if (box.IsNull && withFeatures.Count > 0)
            AddHull(cells, withFeatures);
        cells.UnionWith(withFeatures);
        RefuseAbove(cells.Count);
        return cells.Where(cell => lattice.Centre(cell) is var (longitude, latitude) && IsIn(answer.Question.Query, longitude, latitude)).Select(cell => cell.Key);
    }

    static void AddHull(HashSet<HeatCell> cells, List<HeatCell> found)
    {
        var (left, right, bottom, top) = (found.Min(one => one.Column), found.Max(one => one.Column), found.Min(one => one.Row), found.Max(one => one.Row));
        RefuseAbove((right - left + 1.0) * (top - bottom + 1.0));
        for (var row = bottom; row <= top; row++)
            for (var column = left; column <= right; column++)
                cells.Add(new(column, row));
    }

    static double CellDegrees(HeatGrid lattice, double latitude)
        => Grids.EllipsoidArea.MetersPerDegree(latitude) is var (perLon, perLat) ? lattice.Size * lattice.Size / perLon / perLat : 1;

    static void RefuseAbove(double cells)
    {
        if (cells > MostCells)
            throw new HeatRefusedException(new LocalText(
                $"热点分析的单元过多（约 {cells:N0} 个，最多 {MostCells:N0} 个），请加大 size 或缩小范围。",
                $"There are too many cells for hot spots (about {cells:N0}, at most {MostCells:N0}): ask for a larger size or a smaller place."));
    }

    static bool IsIn(FeatureQuery query, double longitude, double latitude)
        => query.Box is not { } box || (longitude >= box.West && longitude <= box.East && latitude >= box.South && latitude <= box.North);
}
