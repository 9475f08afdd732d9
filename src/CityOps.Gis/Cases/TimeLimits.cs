namespace CityOps.Gis.Cases;

/// <summary>The time limits of a city. For a case the longest class prefix decides, and of equal ones the rule of its area before the general one.</summary>
public sealed class TimeLimits(IEnumerable<TimeLimit> all)
{
    readonly ILookup<CaseStage, TimeLimit> _byStage = all.OrderByDescending(limit => limit.ClassPrefix.Length).ThenBy(limit => limit.AreaType is null).ToLookup(limit => limit.Stage);

    /// <summary>The limit of a stage; null where there is none.</summary>
    public TimeLimit? Of(CaseStage stage, string? classCode, string? areaType)
        => _byStage[stage].FirstOrDefault(limit => (classCode ?? "").StartsWith(limit.ClassPrefix, StringComparison.Ordinal) && (limit.AreaType is null || limit.AreaType == areaType));
}
