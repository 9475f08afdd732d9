using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// The ETag of a page of items: version of the data and hash of the address and of the reader's language. Weak (RFC 9110, 8.8.1), as the answer holds the time it was made at.
/// </summary>
static class ItemsTag
{
    /// <summary>Null for a caller with a scope: the version grows with changes outside it too, of which an answer would tell by being a new one.</summary>
    public static string? Of(HttpRequest request, ItemsRequest asked, long version)
    {
        if (asked.Query.Scope is not null)
            return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{OgcAddress.With(request)} {UiLanguage.Current} {asked.Query.Scope}"));
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{version}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}\"");
    }
}
