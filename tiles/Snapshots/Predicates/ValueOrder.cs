namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Which orders of two values a comparison allows.</summary>
readonly record struct ValueOrder(bool Less, bool Equal, bool More)
{
    public static ValueOrder Of(string comparison) => comparison switch
    {
        "=" => new(false, true, false),
        "<>" => new(true, false, true),
        "<" => new(true, false, false),
        "<=" => new(true, true, false),
        ">" => new(false, false, true),
        _ => new(false, true, true),
    };

    public bool Allows(int order) => order < 0 ? Less : order == 0 ? Equal : More;

    /// <summary>Of numbers as PostgreSQL orders them: what is no number is equal to itself and above all others.</summary>
    public bool Allows(double one, double other) => one < other ? Less : one > other ? More : one == other ? Equal : Allows(double.IsNaN(one).CompareTo(double.IsNaN(other)));
}
