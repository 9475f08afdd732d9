namespace CityOps.Gis.Web.Pages;

/// <summary>What a heat map is compared with.</summary>
public enum AnalysisAgainst
{
    None,
    /// <summary>As many days just before the period (环比).</summary>
    Before,
    /// <summary>The same days of the year before (同比).</summary>
    Year,
    /// <summary>A period of one's own choice.</summary>
    Own,
    /// <summary>Another layer at the same places and times.</summary>
    Layer,
}
