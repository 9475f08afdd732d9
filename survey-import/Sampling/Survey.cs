namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Which places are surveyed so that the components come to an exact number: places by rank, and the last one only in part.</summary>
sealed class Survey
{
    const int LargestSerial = 999_999;

    readonly Dictionary<int, int> _limitsOfLast = [];
    readonly int _last;

    /// <param name="rules">Indexes into <see cref="ClassRules.All"/> of the classes to survey.</param>
    public Survey(List<Place> places, Placer placer, Spine spine, int[] rules, int target, CancellationToken cancel)
    {
        var isIn = new bool[places.Count];
        var serials = new int[ClassRules.All.Length, Divisions.Districts.Length];
        var shapes = new List<PlacedShape>();
        var left = target;
        foreach (var index in Enumerable.Range(0, places.Count).OrderBy(index => places[index].Rank).ThenBy(index => index))
        {
            cancel.ThrowIfCancellationRequested();
            if (left == 0)
                break;
            (isIn[index], _last) = (true, index);
            _limitsOfLast.Clear();
            foreach (var rule in rules)
            {
                placer.Fill(places[index], ClassRules.All[rule], rule, shapes);
                var taken = Math.Min(left, shapes.Count);
                (_limitsOfLast[rule], left) = (taken, left - taken);
                for (var k = 0; k < taken; k++)
                    Count(serials, rule, spine.DistrictOfGrid(spine.Lattice.Grid[shapes[k].Cell]));
            }
        }
        if (left > 0)
            throw new InvalidOperationException($"The sample city has room for {target - left} components, {left} fewer than asked for.");
        Places = [.. Enumerable.Range(0, places.Count).Where(index => isIn[index])];
        Serials = serials;
    }

    /// <summary>Indexes of the surveyed places, in the order of the list.</summary>
    public int[] Places { get; }

    /// <summary>Components by rule and district.</summary>
    public int[,] Serials { get; }

    /// <summary>How many of a place's shapes of a rule are surveyed.</summary>
    public int LimitOf(int place, int rule, int found) => place == _last ? _limitsOfLast[rule] : found;

    static void Count(int[,] serials, int rule, int district)
    {
        if (++serials[rule, district] > LargestSerial)
            throw new InvalidOperationException($"Class {ClassRules.All[rule].Code} has more than {LargestSerial} components in district {Divisions.Districts[district].Code}.");
    }
}
