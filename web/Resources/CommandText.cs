namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of emergencies: <c>CommandText.resx</c> in Chinese, <c>CommandText.en.resx</c> in English.</summary>
public sealed class CommandText;
