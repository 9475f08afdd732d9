using Microsoft.AspNetCore.Authentication.Cookies;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Under HTTPS a cookie's name begins with <c>__Host-</c>: browsers take such a one only from an encrypted connection, for this very host and all of its paths
/// (RFC 6265bis, 4.1.3.2), so that neither a neighbour below the same domain nor somebody on the network puts another in its place.
/// </summary>
sealed class HostCookies : ICookieManager
{
    const string Prefix = "__Host-";
    readonly ChunkingCookieManager _cookies = new();

    // A node that hears from its proxy in the clear is given what the browser sent to the proxy.
    public string? GetRequestCookie(HttpContext context, string key)
        => _cookies.GetRequestCookie(context, Prefix + key) ?? (context.Request.IsHttps ? null : _cookies.GetRequestCookie(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _cookies.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, NameOf(context, key), options);

    static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
