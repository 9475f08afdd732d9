namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>A line of the log of an emergency.</summary>
/// <param name="Kind"><c>note</c> by hand; <c>opened</c>, <c>sent</c>, <c>answered</c>, <c>closed</c> by what happened.</param>
/// <param name="State">Of an answer what it makes of the task: <c>taken</c> or <c>done</c>.</param>
public sealed record EmergencyEntry(int Number, DateTimeOffset At, string Kind, string Who, string Said, string? State = null);
