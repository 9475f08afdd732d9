using CityOps.Gis.Assessment;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>An appeal with its answer, as far as there is one.</summary>
/// <param name="Period">As <see cref="AssessmentPeriod"/> writes it.</param>
/// <param name="Who">Who made it; the name at that time.</param>
/// <param name="Photos">Sent with it, in order.</param>
public sealed record Appeal(
    long Id, AppealMatter Matter, string Period, string Reason, DateTimeOffset AskedAt, string? WhoId, string Who, AppealState State, string? Answer, DateTimeOffset? AnsweredAt, string? AnsweredBy,
    IReadOnlyList<Guid> Photos);
