namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of saved views and of the own grids: <c>ViewText.resx</c> in Chinese, <c>ViewText.en.resx</c> in English.</summary>
public sealed class ViewText;
