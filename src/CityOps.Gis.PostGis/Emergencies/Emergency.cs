namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>An emergency (战时): from when it was opened over an area until it is closed with a report.</summary>
/// <param name="Who">Who opened it; the name at that time.</param>
/// <param name="Figures">What was counted in the area when it was closed; null while it is open.</param>
public sealed record Emergency(long Id, string Title, DateTimeOffset OpenedAt, string Who, DateTimeOffset? ClosedAt, string? ClosedBy, string? Report, AreaFigures? Figures)
{
    public bool IsOpen => ClosedAt is null;
}
