namespace CityOps.Gis.Cases;

/// <summary>What can happen to a part of a case: one line of the table <see cref="PartSteps.All"/>.</summary>
/// <param name="Id">As it is stored and stands in addresses and text resources.</param>
/// <param name="IsOfCalled">Taken by the department that was called; else by those who call.</param>
public sealed record PartStep(string Id, IReadOnlyList<PartState> From, PartState To, bool IsOfCalled, bool NeedsNote);
