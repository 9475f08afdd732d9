namespace CityOps.Gis.Cases;

/// <summary>What a time limit counts in.</summary>
public enum TimeUnit
{
    WorkingMinute,
    WorkingHour,

    /// <summary>As long as a Monday of the calendar.</summary>
    WorkingDay,

    /// <summary>Of the clock, day and night.</summary>
    Hour,
}
