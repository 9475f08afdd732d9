namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of the page for phones: <c>StreetText.resx</c> in Chinese, <c>StreetText.en.resx</c> in English.</summary>
public sealed class StreetText;
