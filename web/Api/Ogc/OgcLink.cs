using System.Text.Json.Nodes;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>A link as OGC APIs write it (RFC 8288).</summary>
public sealed record OgcLink(string Href, string Rel, string? Type, string? Title = null, bool IsTemplated = false)
{
    public const string Json = "application/json", GeoJson = "application/geo+json", Html = "text/html", Schema = "application/schema+json",
        OpenApi = "application/vnd.oai.openapi+json;version=3.0", VectorTile = "application/vnd.mapbox-vector-tile", Style = "application/vnd.mapbox.style+json",
        TileJson = "application/vnd.mapbox.tile+json";

    /// <summary>Relation types that OGC registered.</summary>
    public const string Relation = "http://www.opengis.net/def/rel/ogc/1.0/";

    public JsonObject ToJson()
    {
        var link = new JsonObject { ["href"] = Href, ["rel"] = Rel };
        if (Type is not null)
            link["type"] = Type;
        if (Title is not null)
            link["title"] = Title;
        if (IsTemplated)
            link["templated"] = true;
        return link;
    }

    public static JsonArray All(IEnumerable<OgcLink> links) => [.. links.Select(link => link.ToJson())];

    /// <summary>The document itself and its twin in the other format, with the whole question.</summary>
    public static IEnumerable<OgcLink> SelfAndTwin(HttpRequest request, OgcFormat format, string jsonType)
    {
        var (json, html) = (OgcAddress.With(request, (OgcFormats.Parameter, "json")), OgcAddress.With(request, (OgcFormats.Parameter, "html")));
        yield return format == OgcFormat.Json ? new(json, "self", jsonType, "JSON") : new(html, "self", Html, "HTML");
        yield return format == OgcFormat.Json ? new(html, "alternate", Html, "HTML") : new(json, "alternate", jsonType, "JSON");
    }
}
