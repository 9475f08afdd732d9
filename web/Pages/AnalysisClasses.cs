namespace CityOps.Gis.Web.Pages;

/// <summary>What the classes of a heat map are fixed by where nobody wrote breaks.</summary>
public enum AnalysisClasses
{
    /// <summary>Quantiles of the cells of the layer's whole city, at all times: a filter leaves the colours as they are.</summary>
    City,
    /// <summary>Quantiles of the cells of what is asked.</summary>
    Asked,
}
