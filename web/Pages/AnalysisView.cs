namespace CityOps.Gis.Web.Pages;

/// <summary>How two sides of a comparison are shown.</summary>
public enum AnalysisView
{
    /// <summary>First minus second, in one map.</summary>
    Difference,
    /// <summary>First over second, in one map.</summary>
    Ratio,
    /// <summary>Two maps that move together.</summary>
    Side,
}
