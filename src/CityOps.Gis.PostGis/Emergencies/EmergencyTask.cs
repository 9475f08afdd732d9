namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>What an addressee is to do in an emergency.</summary>
/// <param name="To">Whom it was sent to.</param>
/// <param name="State"><c>sent</c>, <c>taken</c> or <c>done</c>.</param>
/// <param name="IsMine">The caller of the flow is among those who are addressed.</param>
public sealed record EmergencyTask(
    int Number, DateTimeOffset At, Addressee To, string Said, string Who, string State, DateTimeOffset? AnsweredAt, string? AnsweredBy, string? Answer, bool IsMine);
