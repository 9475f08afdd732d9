namespace CityOps.Gis.Codes;

/// <summary>
/// Layout of a component's identification code. Length alone does not tell: two layouts have 16 digits, so a delivery says which it uses.
/// </summary>
public enum CodeLayout
{
    /// <summary>CJ/T 214-2007 and GB/T 30428.2-2013: 6 division + 2 major + 2 minor + 6 serial = 16.</summary>
    Cjt214,

    /// <summary>Draft of the new series: 6 division + 2 major + 3 minor + 5 serial = 16.</summary>
    Draft,

    /// <summary>GB/T 47678.5-2026: 6 division + 2 major + 3 minor + 6 serial = 17.</summary>
    Gbt47678,
}
