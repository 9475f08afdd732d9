namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of signing in, of people's rights and of the audit log: <c>AccessText.resx</c> in Chinese, <c>AccessText.en.resx</c> in English.</summary>
public sealed class AccessText;
