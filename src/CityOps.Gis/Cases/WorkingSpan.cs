namespace CityOps.Gis.Cases;

/// <summary>A part of a day in which people work, as time since midnight; 24:00 ends a day.</summary>
public readonly record struct WorkingSpan(TimeSpan From, TimeSpan To)
{
    public TimeSpan Length => To - From;
}
