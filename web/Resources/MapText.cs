namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of the map's tools, table, base maps and pictures: <c>MapText.resx</c> in Chinese, <c>MapText.en.resx</c> in English.</summary>
public sealed class MapText;
