namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>A task of an emergency that is on, which waits for the caller of the flow.</summary>
/// <param name="Title">Of the emergency.</param>
public sealed record EmergencyDuty(long Emergency, string Title, EmergencyTask Task);
