using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>What an appeal is about: a case that an indicator counts, or a check on the spot.</summary>
/// <param name="Indicator">Null for a check.</param>
/// <param name="Object">Code of the unit grid or the department for which the case counts.</param>
/// <param name="IsOfDepartment">It is a department; false: a unit grid, or a check.</param>
/// <param name="Fid">Of the case, or of the check.</param>
/// <param name="Number">Of the case, or of the check.</param>
/// <param name="Points">Given or taken by a check.</param>
public sealed record AppealMatter(string? Indicator, LocalText? IndicatorTitle, string? Object, string? ObjectName, bool IsOfDepartment, long Fid, string Number, string? Title, double? Points)
{
    public bool IsCheck => Indicator is null;
}
