namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of assessment: <c>AssessmentText.resx</c> in Chinese, <c>AssessmentText.en.resx</c> in English.</summary>
public sealed class AssessmentText;
