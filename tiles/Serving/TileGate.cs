using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Http;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Tiles for addresses of another scheme than <c>/tiles</c>: the same questions, executors, cache and answers.</summary>
public sealed class TileGate(LiveLayers live, LayerCatalog catalog, TileQuery sql, TileCache cache)
{
    readonly TileQuestions _questions = new(live, catalog);
    readonly TileAnswers _tiles = new(new(sql), cache, new());

    /// <summary>The question of an address, or why there is none.</summary>
    /// <param name="layers">Ids separated by commas.</param>
    /// <param name="query">As it stands in an address under <c>/tiles</c>, with its question mark, or empty.</param>
    public (TileQuestion? Question, TileRefusal? Refusal) Read(string layers, string query) => _questions.Read(layers, query);

    /// <summary>Writes the tile as the answer of a request: 200, 204 where it is empty, or 304.</summary>
    public Task Answer(HttpContext context, TileQuestion question, TileCoord tile) => _tiles.Answer(context, question, tile);

    /// <summary>Writes a refusal as problem details in the reader's language.</summary>
    public static Task Refuse(HttpContext context, TileRefusal refusal) => TileProblem.Write(context, refusal);
}
