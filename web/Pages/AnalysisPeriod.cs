namespace CityOps.Gis.Web.Pages;

/// <summary>What a period is compared with.</summary>
public enum AnalysisPeriod
{
    None,
    /// <summary>As many days just before it (环比).</summary>
    Before,
    /// <summary>The same days of the year before (同比).</summary>
    Year,
}
