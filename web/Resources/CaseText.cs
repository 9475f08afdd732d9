namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of cases: <c>CaseText.resx</c> in Chinese, <c>CaseText.en.resx</c> in English.</summary>
public sealed class CaseText;
