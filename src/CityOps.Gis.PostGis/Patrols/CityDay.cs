namespace CityOps.Gis.PostGis.Patrols;

/// <summary>A day of the city's local time.</summary>
static class CityDay
{
    /// <summary>The moments at which it begins and ends, UTC.</summary>
    public static (DateTime From, DateTime To) Of(DateOnly day, TimeZoneInfo zone) => (Midnight(day, zone), Midnight(day.AddDays(1), zone));

    static DateTime Midnight(DateOnly day, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified), zone);
}
