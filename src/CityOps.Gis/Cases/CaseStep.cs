namespace CityOps.Gis.Cases;

/// <summary>A move as a clock sees it.</summary>
/// <param name="From">Null for the report that began the case.</param>
/// <param name="Granted">Delay that was granted, in working time.</param>
public readonly record struct CaseStep(DateTimeOffset At, CaseStage? From, CaseStage To, TimeSpan Granted = default);
