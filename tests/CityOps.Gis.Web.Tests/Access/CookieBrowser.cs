namespace CityOps.Gis.Tests.Web.Access;

/// <summary>A browser that keeps its cookies.</summary>
public sealed class CookieBrowser(HttpClientHandler handler) : HttpClient(handler)
{
    /// <summary>The cookies as a request carries them.</summary>
    public string Cookies => handler.CookieContainer.GetCookieHeader(BaseAddress!);
}
