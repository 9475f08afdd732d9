using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>A check on the spot (实地考评) as it is written down: what was found where, and what it gives or takes.</summary>
/// <param name="Points">Added, or taken where they are below 0.</param>
public sealed record NewSpotCheck(string Finding, double Points, AssessmentPeriod Period)
{
    public Aspect? Aspect { get; init; }

    /// <summary>In degrees (EPSG:4490).</summary>
    public (double Longitude, double Latitude)? Place { get; init; }

    /// <summary>Code of the department that it counts for; null: for the unit grid alone.</summary>
    public string? Department { get; init; }
    public IReadOnlyList<NewPhoto> Photos { get; init; } = [];
}
