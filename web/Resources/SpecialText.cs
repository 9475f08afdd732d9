namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of special tasks: <c>SpecialText.resx</c> in Chinese, <c>SpecialText.en.resx</c> in English.</summary>
public sealed class SpecialText;
