using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Why a tile is as large and as slow as it is: made anew for this, layer by layer, and weighed.</summary>
/// <param name="Cache">What the cache holds for it: <c>kept</c>, <c>outdated</c>, <c>none</c> or <c>off</c>.</param>
/// <param name="GzipBytes">As packed for a client.</param>
/// <param name="Steps">Milliseconds by step.</param>
public sealed record TileReport(
    string Tile, string Question, string ETag, string Cache, string Data, int Bytes, int GzipBytes, int BrotliBytes,
    IReadOnlyList<TileReport.Step> Steps, IReadOnlyList<TileReport.Layer> Layers)
{
    /// <summary>What was done and how long it took.</summary>
    public sealed record Step(LocalText What, double Milliseconds);

    /// <summary>A layer of the tile.</summary>
    /// <param name="Version">Of the layer's features in this answer.</param>
    /// <param name="Parts">Parts of the view that may answer; null where PostGIS answered, as are the blocks.</param>
    /// <param name="BlocksRead">Blocks of 1,024 rows.</param>
    /// <param name="Seen">Features that answer the question in the tile.</param>
    /// <param name="Drawn">Features or cells in the tile.</param>
    /// <param name="Why">Why it holds features or cells.</param>
    /// <param name="Weight">Null where the layer is not in the tile.</param>
    public sealed record Layer(
        string Id, LocalText Title, TileExecutor Executor, LayerState State, LocalText? Reason, long Version, string? Lsn, DateTimeOffset? AsOf,
        int? Parts, int? BlocksRead, int? BlocksPassedOver, long Seen, int Drawn, bool IsAggregated, LocalText Why, double Milliseconds, LayerWeight? Weight);
}
