namespace CityOps.Gis.Cases;

/// <summary>Until when a case is to be handled, and until when its stage is to be left; null where nothing runs.</summary>
/// <param name="Handling">Of the work of the department, from its dispatch on.</param>
/// <param name="StageWarning">When four fifths of the stage's time are used up.</param>
public readonly record struct CaseDeadlines(DateTimeOffset? Handling, DateTimeOffset? Stage, DateTimeOffset? StageWarning);
