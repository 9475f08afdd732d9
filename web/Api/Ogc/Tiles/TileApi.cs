using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiling;
using CityOps.Gis.Web.Api.Ogc.Pages;
using Microsoft.AspNetCore.Http.Extensions;

namespace CityOps.Gis.Web.Api.Ogc.Tiles;

/// <summary>OGC API Tiles (20-057): tilesets of each collection and of all together over the product's own tiles, with the product's own questions.</summary>
static class TileApi
{
    const string Set = TileMatrixSet.Id, CollectionsParameter = "collections";
    static readonly string[] Reading = ["GET", "HEAD"];
    static readonly IReadOnlyCollection<string> Question = [.. FeatureQueryText.Names, "datetime"], DatasetQuestion = [.. Question, CollectionsParameter];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/tileMatrixSets", Reading, ListSets);
        api.MapMethods("/tileMatrixSets/{setId}", Reading, DescribeSet);
        api.MapMethods("/tiles", Reading, (HttpContext context, LayerCatalog layers) => List(context, Tileset.OfDataset(Drawn(layers))));
        api.MapMethods("/tiles/" + Set, Reading, DescribeDataset);
        api.MapMethods("/tiles/" + Set + "/{tileMatrix}/{tileRow}/{tileCol}", Reading, DatasetTile);
        api.MapMethods("/collections/{collectionId}/tiles", Reading, ListOfCollection);
        api.MapMethods("/collections/{collectionId}/tiles/" + Set, Reading, DescribeCollection);
        api.MapMethods("/collections/{collectionId}/tiles/" + Set + "/{tileMatrix}/{tileRow}/{tileCol}", Reading, CollectionTile);
    }

    static IResult ListSets(HttpContext context)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        return refusal is not null
            ? OgcAnswer.Refuse(context, refusal)
            : OgcAnswer.Document(context, format, new("瓦片矩阵集", "Tile matrix sets"), TileMatrixSet.List(context.Request, OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)));
    }

    static IResult DescribeSet(string setId, HttpContext context)
    {
        if (setId != Set)
            return OgcAnswer.Refuse(context, new(StatusCodes.Status404NotFound, "no-such-tile-matrix-set", new($"没有瓦片矩阵集“{setId}”，可用的是 {Set}。", $"There is no tile matrix set '{setId}'; there is {Set}.")));
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        return refusal is not null
            ? OgcAnswer.Refuse(context, refusal)
            : OgcAnswer.Document(context, format, TileMatrixSet.Title, TileMatrixSet.Document(OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)));
    }

    static IResult ListOfCollection(string collectionId, HttpContext context, LayerCatalog layers)
        => Find(layers, collectionId) is { } layer ? List(context, Tileset.OfLayer(layer)) : OgcAnswer.Refuse(context, NoTiles(collectionId));

    static IResult List(HttpContext context, Tileset tileset)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json, tileset.Layers.Count > 1 ? DatasetQuestion : Question);
        return refusal is not null
            ? OgcAnswer.Refuse(context, refusal)
            : OgcAnswer.Document(context, format, new("瓦片集", "Tilesets"), tileset.List(context.Request, OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)));
    }

    static Task<IResult> DescribeDataset(HttpContext context, LayerCatalog layers, CollectionExtents extents)
    {
        var (chosen, refusal) = Chosen(context, layers);
        return refusal is null ? Describe(context, Tileset.OfDataset(chosen), DatasetQuestion, extents) : Task.FromResult(OgcAnswer.Refuse(context, refusal));
    }

    static async Task<IResult> DescribeCollection(string collectionId, HttpContext context, LayerCatalog layers, CollectionExtents extents)
        => Find(layers, collectionId) is { } layer ? await Describe(context, Tileset.OfLayer(layer), Question, extents) : OgcAnswer.Refuse(context, NoTiles(collectionId));

    static async Task<IResult> Describe(HttpContext context, Tileset tileset, IReadOnlyCollection<string> parameters, CollectionExtents extents)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json, parameters);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var known = await extents.Of(tileset.Layers, context.RequestAborted);
        return format == OgcFormat.Json
            ? OgcAnswer.Json(context, tileset.Document(context.Request, known, OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)))
            : OgcAnswer.Page<StylePage>(context, new Dictionary<string, object?>
            {
                [nameof(StylePage.Title)] = tileset.Title, [nameof(StylePage.StyleUrl)] = $"/tiles/{string.Join(',', tileset.Layers.Select(layer => layer.Id))}/style.json", [nameof(StylePage.Box)] = tileset.Box(known),
                [nameof(StylePage.Document)] = tileset.Document(context.Request, known, []),
            });
    }

    static Task DatasetTile(string tileMatrix, string tileRow, string tileCol, HttpContext context, LayerCatalog layers, TileGate tiles)
    {
        var (chosen, refusal) = Chosen(context, layers);
        return refusal is null ? Tile(context, tiles, chosen, (tileMatrix, tileRow, tileCol)) : OgcAnswer.Refuse(context, refusal).ExecuteAsync(context);
    }

    static Task CollectionTile(string collectionId, string tileMatrix, string tileRow, string tileCol, HttpContext context, LayerCatalog layers, TileGate tiles)
        => Find(layers, collectionId) is { } layer ? Tile(context, tiles, [layer], (tileMatrix, tileRow, tileCol)) : OgcAnswer.Refuse(context, NoTiles(collectionId)).ExecuteAsync(context);

    static async Task Tile(HttpContext context, TileGate tiles, IReadOnlyList<LayerDefinition> layers, (string Matrix, string Row, string Column) address)
    {
        if (Coord(address, layers) is not { } tile)
        {
            await OgcAnswer.Refuse(context, NoTile(address, layers)).ExecuteAsync(context);
            return;
        }
        var faults = new List<LocalText>();
        var (question, refusal) = tiles.Read(string.Join(',', layers.Select(layer => layer.Id)), QueryOf(context.Request, layers[0], faults));
        if (faults.Count > 0)
            await OgcAnswer.Refuse(context, OgcRefusal.BadQuestion(faults)).ExecuteAsync(context);
        else if (question is null)
            await TileGate.Refuse(context, refusal!);
        else
            await tiles.Answer(context, question, tile);
    }

    // The rest is the tile question's own business, unknown parameters included.
    static string QueryOf(HttpRequest request, LayerDefinition layer, List<LocalText> faults)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query)
            if (name == "datetime")
                foreach (var (end, value) in TimeParameter.Read(layer, values.ToString(), faults))
                    query.Add(end, value);
            else if (name == OgcFormats.Parameter && values != "mvt")
                faults.Add(new($"f=“{values}”应为 mvt。", $"'f={values}' should be mvt."));
            else if (name is not (CollectionsParameter or OgcFormats.Parameter))
                query.Add(name, values.OfType<string>());
        return query.ToString();
    }

    static TileCoord? Coord((string Matrix, string Row, string Column) address, IReadOnlyList<LayerDefinition> layers)
        => Number(address.Matrix) is { } zoom && Number(address.Row) is { } row && Number(address.Column) is { } column && new TileCoord(zoom, column, row) is { IsValid: true } tile
            && zoom >= layers.Min(layer => layer.Zooms.Min) && zoom <= layers.Max(layer => layer.Zooms.Max) ? tile : null;

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static (IReadOnlyList<LayerDefinition> Layers, OgcRefusal? Refusal) Chosen(HttpContext context, LayerCatalog layers)
    {
        if (context.Request.Query[CollectionsParameter].ToString() is not { Length: > 0 } text)
            return (Drawn(layers), null);
        var ids = text.Split(',', StringSplitOptions.TrimEntries);
        return ids.FirstOrDefault(id => Find(layers, id) is null) is { } unknown ? ([], OgcRefusal.BadQuestion([NoTiles(unknown).Text])) : ([.. ids.Distinct().Select(id => Find(layers, id)!)], null);
    }

    static LayerDefinition? Find(LayerCatalog layers, string id) => layers.Find(id) is { Geometry: not GeometryKind.None } layer ? layer : null;

    /// <summary>The layers of the dataset's tiles: all that can be drawn, as far as a tile takes them.</summary>
    public static IReadOnlyList<LayerDefinition> Drawn(LayerCatalog layers) => [.. layers.Layers.Where(layer => layer.Geometry != GeometryKind.None).Take(TileQuestions.MostLayers)];

    static OgcRefusal NoTiles(string id) => new(StatusCodes.Status404NotFound, "no-such-tileset",
        new($"没有带瓦片的集合“{id}”；/ogc/collections 列出全部集合。", $"There is no collection '{id}' with tiles; /ogc/collections lists the collections."));

    static OgcRefusal NoTile((string Matrix, string Row, string Column) address, IReadOnlyList<LayerDefinition> layers) => new(StatusCodes.Status404NotFound, "no-such-tile",
        new($"“{address.Matrix}/{address.Row}/{address.Column}”不是此瓦片集的瓦片：应为“矩阵/行/列”，矩阵 {layers.Min(layer => layer.Zooms.Min)}–{layers.Max(layer => layer.Zooms.Max)}，行和列从 0 到 2^矩阵 − 1。",
            $"'{address.Matrix}/{address.Row}/{address.Column}' is no tile of this tileset: write matrix/row/column with matrix {layers.Min(layer => layer.Zooms.Min)}–{layers.Max(layer => layer.Zooms.Max)} and row and column from 0 to 2^matrix − 1."));
}
