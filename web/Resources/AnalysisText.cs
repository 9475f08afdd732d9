namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of the analysis page: <c>AnalysisText.resx</c> in Chinese, <c>AnalysisText.en.resx</c> in English.</summary>
public sealed class AnalysisText;
