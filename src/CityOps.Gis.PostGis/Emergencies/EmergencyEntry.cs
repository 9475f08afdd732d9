namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>A line of the log of an emergency.</summary>
/// <param name="Kind"><c>note</c> by hand; <c>opened</c>, <c>sent</c>, <c>answered</c>, <c>closed</c> by what happened.</param>
public sealed record EmergencyEntry(int Number, DateTimeOffset At, string Kind, string Who, string Said);
