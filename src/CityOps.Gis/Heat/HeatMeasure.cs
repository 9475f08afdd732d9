namespace CityOps.Gis.Heat;

/// <summary>What the value of a cell is.</summary>
public enum HeatMeasure
{
    /// <summary>Features.</summary>
    Count,
    /// <summary>Features per square kilometre of the cell.</summary>
    Density,
    /// <summary>Features per feature of another layer or class in the same cell.</summary>
    Per,
    /// <summary>Sum of a number field; features without a value add nothing.</summary>
    Sum,
    /// <summary>Mean of a number field over the features that have a value.</summary>
    Mean,
    /// <summary>Different values of a text field.</summary>
    Distinct,
}
