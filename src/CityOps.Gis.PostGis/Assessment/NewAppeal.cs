using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>An appeal as somebody makes it. Either <see cref="Case"/> with <see cref="Indicator"/> and <see cref="Object"/>, or <see cref="Check"/>.</summary>
public sealed record NewAppeal(string Reason)
{
    public string? Indicator { get; init; }

    /// <summary>The unit grid, the department or the person for whom the indicator counts the case.</summary>
    public string? Object { get; init; }
    public long? Case { get; init; }

    /// <summary>The period in which the case is seen to be counted, as <see cref="Gis.Assessment.AssessmentPeriod"/> writes it; that of a check is known.</summary>
    public string? Period { get; init; }
    public long? Check { get; init; }
    public IReadOnlyList<NewPhoto> Photos { get; init; } = [];

    /// <summary>Of a sender that may send twice.</summary>
    public Guid? Token { get; init; }
}
