namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of patrols: <c>PatrolText.resx</c> in Chinese, <c>PatrolText.en.resx</c> in English.</summary>
public sealed class PatrolText;
