using System.Globalization;

namespace CityOps.Gis.Heat;

/// <summary>Which cells are neighbours: those that touch (queen contiguity), those whose centres lie within a distance, or the nearest few.</summary>
/// <param name="Meters">Of a distance band; else 0.</param>
/// <param name="Nearest">Number of nearest cells; else 0.</param>
public readonly record struct NeighbourRule(double Meters, int Nearest)
{
    public static NeighbourRule Queen => default;

    /// <summary>Reads <c>queen</c>, <c>distance:500</c> or <c>knn:8</c>; null for anything else.</summary>
    public static NeighbourRule? TryParse(string text) => text.Split(':') switch
    {
        ["queen"] => Queen,
        ["distance", var meters] when double.TryParse(meters, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 => new(number, 0),
        ["knn", var nearest] when int.TryParse(nearest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100 => new(0, number),
        _ => null,
    };

    public override string ToString()
        => Nearest > 0 ? string.Create(CultureInfo.InvariantCulture, $"knn:{Nearest}") : Meters > 0 ? string.Create(CultureInfo.InvariantCulture, $"distance:{Meters}") : "queen";
}
