namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of the import pages: <c>ImportText.resx</c> in Chinese, <c>ImportText.en.resx</c> in English.</summary>
public sealed class ImportText;
