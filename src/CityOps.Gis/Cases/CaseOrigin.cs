namespace CityOps.Gis.Cases;

/// <summary>What is known of a case that was taken over from elsewhere after its dispatch.</summary>
/// <param name="Deadline">As it was delivered: the time it gave from the dispatch on, of the clock, stays the limit.</param>
public readonly record struct CaseOrigin(DateTimeOffset? Dispatched, DateTimeOffset? Deadline);
