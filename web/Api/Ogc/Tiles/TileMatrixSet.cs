using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Web.Api.Ogc.Tiles;

/// <summary>The one tile matrix set: WebMercatorQuad of OGC 17-083r4, annex D.1, as the product's tiles are cut.</summary>
static class TileMatrixSet
{
    public const string Id = "WebMercatorQuad", Uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad", Crs = "http://www.opengis.net/def/crs/EPSG/0/3857";
    const double HalfSide = 20037508.342789244, FirstScale = 559082264.0287178, FirstCell = 2 * HalfSide / 256;

    public static LocalText Title { get; } = new("Google Maps 兼容的 Web 墨卡托", "Google Maps Compatible for the World");

    public static JsonObject Document(IEnumerable<OgcLink> links) => new()
    {
        ["id"] = Id,
        ["title"] = Title.In(UiLanguage.Current),
        ["uri"] = Uri,
        ["crs"] = Crs,
        ["orderedAxes"] = new JsonArray("E", "N"),
        ["wellKnownScaleSet"] = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        ["tileMatrices"] = new JsonArray([.. Enumerable.Range(0, TileCoord.MaxZoom + 1).Select(Matrix)]),
        ["links"] = OgcLink.All(links),
    };

    /// <summary>The list of sets.</summary>
    public static JsonObject List(HttpRequest request, IEnumerable<OgcLink> links) => new()
    {
        ["tileMatrixSets"] = new JsonArray(new JsonObject
        {
            ["id"] = Id,
            ["title"] = Title.In(UiLanguage.Current),
            ["uri"] = Uri,
            ["crs"] = Crs,
            ["links"] = OgcLink.All([new(OgcAddress.Of(request, "/tileMatrixSets/" + Id), "self", OgcLink.Json)]),
        }),
        ["links"] = OgcLink.All(links),
    };

    static JsonObject Matrix(int zoom) => new()
    {
        ["id"] = zoom.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["scaleDenominator"] = FirstScale / (1L << zoom),
        ["cellSize"] = FirstCell / (1L << zoom),
        ["cornerOfOrigin"] = "topLeft",
        ["pointOfOrigin"] = new JsonArray(-HalfSide, HalfSide),
        ["tileWidth"] = 256,
        ["tileHeight"] = 256,
        ["matrixWidth"] = 1L << zoom,
        ["matrixHeight"] = 1L << zoom,
    };
}
