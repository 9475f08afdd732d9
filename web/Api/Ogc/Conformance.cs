using System.Text.Json.Nodes;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>The conformance classes that the API declares; for each of them there is a test by its number in <c>tests/…/Api/Ogc</c>.</summary>
static class Conformance
{
    const string Spec = "http://www.opengis.net/spec/";

    public static IReadOnlyList<string> Of(OgcOptions options) =>
    [
        .. Classes("ogcapi-common-1/1.0", "core", "landing-page", "json", "html", "oas30"),
        .. Classes("ogcapi-common-2/1.0", "collections"),
        .. Classes("ogcapi-features-1/1.0", "core", "geojson", "html", "oas30"),
        .. Classes("ogcapi-features-2/1.0", "crs"),
        .. Classes("ogcapi-features-3/1.0", "queryables", "queryables-query-parameters", "filter", "features-filter"),
        .. Classes("cql2/1.0", "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison", "basic-spatial-functions",
            "basic-spatial-functions-plus", "spatial-functions", "temporal-functions", "property-property", "arithmetic"),
        .. options.IsEditable ? Classes("ogcapi-features-4/1.0", "create-replace-delete", "update", "optimistic-locking-etags", "features") : [],
        .. Classes("ogcapi-features-5/1.0", "schemas", "core-roles-features"),
        .. Classes("ogcapi-tiles-1/1.0", "core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "collections-selection", "mvt", "oas30"),
        .. Classes("tms/2.0", "tilematrixset", "json-tilematrixset"),
        .. Classes("ogcapi-styles-1/0.0", "core", "mapbox-styles"),
    ];

    public static JsonObject Document(OgcOptions options, IEnumerable<OgcLink> links)
        => new() { ["links"] = OgcLink.All(links), ["conformsTo"] = new JsonArray([.. Of(options).Select(one => JsonValue.Create(one))]) };

    static IEnumerable<string> Classes(string standard, params IEnumerable<string> names) => names.Select(name => $"{Spec}{standard}/conf/{name}");
}
