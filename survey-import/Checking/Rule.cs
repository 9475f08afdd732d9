using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>What a check asks.</summary>
/// <param name="Clause">Standard and clause it comes from, or "—" where it is this importer's own.</param>
public sealed record Rule(IssueCode Code, Severity Severity, string Clause, LocalText Text);
