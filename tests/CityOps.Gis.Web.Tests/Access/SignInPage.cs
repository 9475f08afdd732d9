namespace CityOps.Gis.Tests.Web.Access;

/// <summary>What a browser sees of the sign-in page.</summary>
/// <param name="Location">Where it is sent on; null where it stays.</param>
public sealed record SignInPage(string Address, IReadOnlyDictionary<string, string> Hidden, string? Fault, string? Location, string Html)
{
    public string Step => Hidden.GetValueOrDefault("Step", "");
}
