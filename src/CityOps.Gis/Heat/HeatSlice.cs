namespace CityOps.Gis.Heat;

/// <summary>How counts are cut by time, in Beijing time (UTC+8).</summary>
public enum HeatSlice
{
    None,
    /// <summary>0–23.</summary>
    Hour,
    /// <summary>1 (Monday) – 7 (Sunday), as ISO 8601 has it.</summary>
    Weekday,
    /// <summary>A calendar day.</summary>
    Day,
    /// <summary>A month of a year.</summary>
    Month,
}
