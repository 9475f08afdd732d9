namespace CityOps.Gis.PostGis.Cases;

/// <summary>A day that is other than its weekday.</summary>
/// <param name="IsWorking">Worked with the hours of a Monday (调休); else free.</param>
public sealed record Holiday(DateOnly Day, bool IsWorking, string Name);
