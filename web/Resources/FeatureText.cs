namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of the panel of a feature: <c>FeatureText.resx</c> in Chinese, <c>FeatureText.en.resx</c> in English.</summary>
public sealed class FeatureText;
