using CityOps.Gis.Heat;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Adds hot and cold spots to an answer; cells without a feature that are part of one join its cells.</summary>
static class SpotFinder
{
    const long MostSteps = 400_000_000;

    /// <param name="asked">Polygons of the question's place.</param>
    public static HeatAnswer With(HeatAnswer answer, NeighbourRule rule, IReadOnlyList<Geometry> asked, CancellationToken cancel)
    {
        var study = StudyArea.Of(answer, asked);
        INeighbours neighbours = answer.Lattice is { } lattice
            ? new LatticeNeighbours(lattice, Array.ConvertAll(study.Keys, HeatCell.Of), rule)
            : AreaNeighbours.Of(Array.ConvertAll(study.Keys, key => answer.Areas!.Shapes[key]!), rule, cancel);
        if ((long)neighbours.Most * study.Keys.Length > MostSteps)
            throw new HeatRefusedException(new(
                "相邻距离内的单元过多，请缩小 distance 或加大 size。", "There are too many neighbours: ask for a shorter distance or a larger size."));
        var z = SpatialStatistics.GiStar(study.Values, neighbours, cancel);
        var p = Array.ConvertAll(z, TwoSided.P);
        var q = TwoSided.Adjust(p);
        var told = Enumerable.Range(0, study.Keys.Length).Where(cell => study.Cells[cell] < 0 && q[cell] < HotSpots.Told).ToArray();
        var grown = Grown(answer, Array.ConvertAll(told, cell => study.Keys[cell]));
        var place = Places(grown);
        double[] Of(double[] values)
        {
            var result = Enumerable.Repeat(double.NaN, grown.Length).ToArray();
            for (var cell = 0; cell < values.Length; cell++)
                if (place.TryGetValue(study.Keys[cell], out var at))
                    result[at] = values[cell];
            return result;
        }
        return grown with { Spots = new(rule, Of(z), Of(p), Of(q), SpatialStatistics.Moran(study.Values, neighbours, cancel), study.Keys.Length) };
    }

    static Dictionary<long, int> Places(HeatAnswer answer)
    {
        var places = new Dictionary<long, int>(answer.Length);
        for (var cell = 0; cell < answer.Length; cell++)
            if (answer.Lattice is not null)
                places[answer.Keys[cell]] = cell;
            else if (answer.AreaOf(cell) is >= 0 and var area)
                places[area] = cell;
        return places;
    }

    // Cells with no feature and the value 0 are put in where their keys or codes belong.
    static HeatAnswer Grown(HeatAnswer answer, long[] more)
    {
        var (keys, codes, first, _) = HeatValues.Join(
            new() { Keys = answer.Keys, Codes = answer.Codes, Counts = answer.Counts },
            answer.Lattice is null
                ? new() { Keys = [], Codes = Array.ConvertAll(more, area => answer.Areas!.Codes[area]), Counts = new long[more.Length] }
                : new() { Keys = more, Counts = new long[more.Length] });
        T[] Spread<T>(T[] values) => values.Length == 0 ? [] : Array.ConvertAll(first, at => at < 0 ? default! : values[at]);
        return answer with
        {
            Keys = keys, Codes = codes, Counts = Spread(answer.Counts), Counts2 = Spread(answer.Counts2), Values = Spread(answer.Values),
            Slices = answer.Slices is null ? null : Sliced(answer.Slices, first),
        };
    }

    static HeatSlices Sliced(HeatSlices slices, int[] first)
    {
        var starts = new int[first.Length + 1];
        for (var cell = 0; cell < first.Length; cell++)
            starts[cell + 1] = first[cell] < 0 ? starts[cell] : slices.Starts[first[cell] + 1];
        return slices with { Starts = starts };
    }
}
