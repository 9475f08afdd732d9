using CityOps.Gis.Layers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>The language a person reads: <c>?lang=</c>, else the first of Accept-Language by weight that is Chinese or English, else English.</summary>
static class RequestLanguage
{
    public static string Of(HttpRequest request)
    {
        if (request.Query["lang"].ToString() is { Length: > 0 } asked)
            return asked;
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var accepted))
            return "en";
        return accepted.OrderByDescending(one => one.Quality ?? 1).Select(one => one.Value.ToString())
            .FirstOrDefault(one => one.StartsWith("zh", StringComparison.OrdinalIgnoreCase) || one.StartsWith("en", StringComparison.OrdinalIgnoreCase)) ?? "en";
    }

    public static string Say(HttpRequest request, LocalText text) => text.In(Of(request));
}
