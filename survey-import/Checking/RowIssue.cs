namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>A fault of one row. Message and clause follow from the code.</summary>
/// <param name="Row">Row number in its layer, from 1; 0 = the whole layer.</param>
/// <param name="Field">Delivered field name, or null.</param>
/// <param name="Value">Offending value as delivered.</param>
/// <param name="Expected">What it should be or is compared with.</param>
public readonly record struct RowIssue(IssueCode Code, Severity Severity, long Row, string? Field, string? Value, string? Expected = null);
