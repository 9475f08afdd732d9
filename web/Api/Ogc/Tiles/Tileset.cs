using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;

namespace CityOps.Gis.Web.Api.Ogc.Tiles;

/// <summary>Tileset metadata (OGC 17-083r4, 7; 20-057, 9 and 10): what tiles hold and where they are.</summary>
/// <param name="Path">Address of the tileset below the API's root, such as <c>/collections/components/tiles/WebMercatorQuad</c>.</param>
sealed record Tileset(string Path, LocalText Title, IReadOnlyList<LayerDefinition> Layers)
{
    public const string TilingScheme = OgcLink.Relation + "tiling-scheme";

    public static Tileset OfLayer(LayerDefinition layer) => new($"/collections/{layer.Id}/tiles/{TileMatrixSet.Id}", layer.Title, [layer]);

    public static Tileset OfDataset(IReadOnlyList<LayerDefinition> layers) => new($"/tiles/{TileMatrixSet.Id}", Landing.Title, layers);

    public int MinZoom => Layers.Min(layer => layer.Zooms.Min);
    public int MaxZoom => Layers.Max(layer => layer.Zooms.Max);

    /// <summary>The list that holds this one tileset.</summary>
    public JsonObject List(HttpRequest request, IEnumerable<OgcLink> links) => new()
    {
        ["links"] = OgcLink.All(links),
        ["tilesets"] = new JsonArray(Summary(request, [new(OgcAddress.With(request, OgcAddress.Root + Path), "self", OgcLink.Json), Scheme(request)])),
    };

    public JsonObject Document(HttpRequest request, IReadOnlyDictionary<string, CollectionExtent> extents, IEnumerable<OgcLink> links)
    {
        var document = Summary(request, [.. links, Scheme(request), Tiles(request)]);
        document["tileMatrixSetLimits"] = new JsonArray([.. Enumerable.Range(MinZoom, MaxZoom - MinZoom + 1).Select(Limits)]);
        document["layers"] = new JsonArray([.. Layers.Select(layer => Layer(request, layer))]);
        if (Box(extents) is { } box)
            document["boundingBox"] = new JsonObject { ["lowerLeft"] = new JsonArray(box.West, box.South), ["upperRight"] = new JsonArray(box.East, box.North), ["crs"] = OgcCrs.Crs84.Uri };
        return document;
    }

    /// <summary>Box about all layers in degrees; null where they hold nothing.</summary>
    public (double West, double South, double East, double North)? Box(IReadOnlyDictionary<string, CollectionExtent> extents)
    {
        var boxes = Layers.Select(layer => extents.GetValueOrDefault(layer.Id)?.Box).OfType<(double West, double South, double East, double North)>().ToList();
        return boxes.Count == 0 ? null : (boxes.Min(box => box.West), boxes.Min(box => box.South), boxes.Max(box => box.East), boxes.Max(box => box.North));
    }

    JsonObject Summary(HttpRequest request, IReadOnlyList<OgcLink> links) => new()
    {
        ["title"] = Title.In(UiLanguage.Current),
        ["dataType"] = "vector",
        ["crs"] = TileMatrixSet.Crs,
        ["tileMatrixSetURI"] = TileMatrixSet.Uri,
        ["links"] = OgcLink.All(links),
    };

    static OgcLink Scheme(HttpRequest request) => new(OgcAddress.Of(request, "/tileMatrixSets/" + TileMatrixSet.Id), TilingScheme, OgcLink.Json, TileMatrixSet.Title.In(UiLanguage.Current));

    // The template's braces stay as they are.
    OgcLink Tiles(HttpRequest request)
    {
        var address = OgcAddress.With(request, OgcAddress.Root + Path, (OgcFormats.Parameter, null), (UiLanguage.QueryKey, null));
        var question = address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? address[at..] : "";
        return new(OgcAddress.Of(request, Path) + "/{tileMatrix}/{tileRow}/{tileCol}" + question, "item", OgcLink.VectorTile, "Mapbox Vector Tile", IsTemplated: true);
    }

    static JsonObject Limits(int zoom) => new()
    {
        ["tileMatrix"] = zoom.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["minTileRow"] = 0,
        ["maxTileRow"] = (1L << zoom) - 1,
        ["minTileCol"] = 0,
        ["maxTileCol"] = (1L << zoom) - 1,
    };

    static JsonObject Layer(HttpRequest request, LayerDefinition layer)
    {
        var document = new JsonObject
        {
            ["id"] = layer.Id,
            ["title"] = layer.Title.In(UiLanguage.Current),
            ["dataType"] = "vector",
            ["minTileMatrix"] = layer.Zooms.Min.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["maxTileMatrix"] = layer.Zooms.Max.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["links"] = OgcLink.All([new(OgcAddress.Of(request, $"/collections/{layer.Id}"), OgcLink.Relation + "geodata", OgcLink.Json)]),
        };
        if (layer.Geometry is not GeometryKind.Any)
            document["geometryDimension"] = (int)layer.Geometry - (int)GeometryKind.Point;
        return document;
    }
}
