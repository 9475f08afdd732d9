namespace CityOps.Gis.Web.Resources;

/// <summary>Names the pages' texts: <c>UiText.resx</c> in Chinese, <c>UiText.en.resx</c> in English.</summary>
public sealed class UiText;
