using CityOps.Gis.Assessment;
using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>What an appeal is about: a case that an indicator counts, or a check on the spot.</summary>
/// <param name="Indicator">Null for a check.</param>
/// <param name="Object">Code of the unit grid or the department, or id of the person, for whom the case counts.</param>
/// <param name="Kind">What <paramref name="Object"/> is; null for a check.</param>
/// <param name="Fid">Of the case, or of the check.</param>
/// <param name="Number">Of the case, or of the check; empty where the caller does not see it.</param>
/// <param name="Points">Given or taken by a check.</param>
public sealed record AppealMatter(string? Indicator, LocalText? IndicatorTitle, string? Object, string? ObjectName, AssessedKind? Kind, long Fid, string Number, string? Title, double? Points)
{
    public bool IsCheck => Indicator is null;
}
