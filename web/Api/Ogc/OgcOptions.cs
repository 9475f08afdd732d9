namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>How the OGC API is served.</summary>
public sealed record OgcOptions
{
    /// <summary>Features may be created, changed and deleted (OGC API Features part 4) on layers that allow it.</summary>
    public bool IsEditable { get; init; }

    /// <summary>As the environment says: <c>CITYOPS_EDITING=on</c>; off unless it is said.</summary>
    public static OgcOptions FromEnvironment() => new() { IsEditable = Environment.GetEnvironmentVariable("CITYOPS_EDITING") is "on" };
}
