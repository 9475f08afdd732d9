namespace CityOps.Gis.Heat;

/// <summary>What a heat map counts by: the lattices of <see cref="HeatGrid"/>, or the jurisdiction stamped on every feature.</summary>
public enum HeatCellKind
{
    Square,
    Hexagon,
    Grid,
    Community,
    Subdistrict,
    District,
    Department,
}
