using System.Security.Cryptography;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>
/// Who uses a browser: until there are accounts, a random number that the browser keeps in a cookie. What belongs to a person (saved views, own grids) is kept under it.
/// </summary>
/// <param name="Id">32 hexadecimal digits.</param>
public sealed record Visitor(string Id)
{
    const string Cookie = "cityops.visitor";
    const int Bytes = 16;

    /// <summary>The visitor of a request; null where its browser has no such cookie, or one that is not ours.</summary>
    public static Visitor? Of(HttpRequest request)
        => request.Cookies[Cookie] is { Length: 2 * Bytes } id && id.All(char.IsAsciiHexDigitLower) ? new(id) : null;

    /// <summary>The visitor of a page, whose browser gets a cookie where it has none. Before the answer has begun.</summary>
    public static Visitor Known(HttpContext context)
    {
        if (Of(context.Request) is { } known)
            return known;
        var made = new Visitor(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));
        context.Response.Cookies.Append(Cookie, made.Id, new() { MaxAge = TimeSpan.FromDays(3650), SameSite = SameSiteMode.Lax, IsEssential = true, HttpOnly = true });
        return made;
    }
}
