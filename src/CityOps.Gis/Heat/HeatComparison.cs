namespace CityOps.Gis.Heat;

/// <summary>How the values of the first and second period or layer become one.</summary>
public enum HeatComparison
{
    None,
    /// <summary>First minus second.</summary>
    Difference,
    /// <summary>First over second; no value where the second is 0.</summary>
    Ratio,
}
