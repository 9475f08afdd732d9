using CityOps.Gis.Access;
using CityOps.Gis.Web.Access;

namespace CityOps.Gis.Testing;

/// <summary>Access for hosts of tests and benches that are not about signing in.</summary>
public static class TrustedAccess
{
    /// <summary>An administrator of the whole city.</summary>
    public static Caller Everybody { get; } = new("test", "test", Role.Administrator.Permissions, null) { Roles = [Role.Administrator.Id] };

    static readonly AccessOptions s_everybody = new() { Trusted = _ => Everybody };

    /// <summary>Cookie by which TrustBrowsers tells browsers apart.</summary>
    public const string BrowserCookie = "test-browser";

    static readonly AccessOptions s_browsers = new() { Trusted = context => Everybody with { Id = context.Request.Cookies[BrowserCookie] ?? Everybody.Id } };

    extension(AccessOptions)
    {
        /// <summary>Everyone who calls is an administrator of the whole city.</summary>
        public static AccessOptions TrustEverybody => s_everybody;

        /// <summary>The same, but what a person keeps is that of the browser, which a cookie tells from others.</summary>
        public static AccessOptions TrustBrowsers => s_browsers;
    }
}
