using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>How often a rule was broken.</summary>
/// <param name="Rule">Null for a code that this version of the program does not know.</param>
/// <param name="Count">All cases.</param>
/// <param name="Listed">Cases that were kept singly.</param>
public sealed record RuleCount(string Code, Rule? Rule, Severity Severity, long Count, long Listed);
