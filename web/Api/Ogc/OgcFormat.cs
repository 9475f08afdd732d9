using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>What a client reads: every address answers as JSON for programs and as a page for people.</summary>
public enum OgcFormat
{
    Json,
    Html,
}

/// <summary>Tells the format of a request: <c>f=</c>, else the better liked of Accept (RFC 9110, 12.5.1), else JSON.</summary>
static class OgcFormats
{
    public const string Parameter = "f";

    /// <summary>Null where the client wants neither.</summary>
    public static OgcFormat? Of(HttpRequest request, string jsonType) => request.Query[Parameter].ToString() switch
    {
        "" => ByAccept(request.Headers.Accept, jsonType),
        "json" => OgcFormat.Json,
        "html" => OgcFormat.Html,
        _ => null,
    };

    static OgcFormat? ByAccept(StringValues accept, string jsonType)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var accepted))
            return OgcFormat.Json;
        var json = Math.Max(Weight(accepted, jsonType), Weight(accepted, "application/json"));
        var html = Weight(accepted, "text/html");
        return json <= 0 && html <= 0 ? null : html > json ? OgcFormat.Html : OgcFormat.Json;
    }

    // The most precise range that holds the type decides.
    static double Weight(IEnumerable<MediaTypeHeaderValue> accepted, string type)
    {
        var wanted = MediaTypeHeaderValue.Parse(type.Split(';')[0]);
        return accepted.Where(wanted.IsSubsetOfWithoutParameters).OrderByDescending(Precision).Select(range => range.Quality ?? 1).FirstOrDefault();
    }

    static int Precision(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;

    // Parameters of the range ("version=3.0") are passed over.
    static bool IsSubsetOfWithoutParameters(this MediaTypeHeaderValue type, MediaTypeHeaderValue range)
        => range.MatchesAllTypes
            || (type.Type.Equals(range.Type, StringComparison.OrdinalIgnoreCase) && (range.MatchesAllSubTypes || type.SubType.Equals(range.SubType, StringComparison.OrdinalIgnoreCase)));
}
