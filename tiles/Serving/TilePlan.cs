using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// How one request will be answered: a view of each layer that memory answers. Versions are read before the views, so a tile kept under a version is
/// never older than it.
/// </summary>
public sealed class TilePlan
{
    readonly LayerView?[] _views;

    TilePlan(TileQuestion question, TileCoord tile, LayerView?[] views, int sqlLayers, long version)
        => (Question, Tile, _views, SqlLayers, Version) = (question, tile, views, sqlLayers, version);

    public TileQuestion Question { get; }
    public TileCoord Tile { get; }

    /// <summary>One bit for each layer that PostGIS answers.</summary>
    public int SqlLayers { get; }

    /// <summary>Sum of the tile's versions in the layers memory answers. Each only grows, so the sum changes when one of them does.</summary>
    public long Version { get; }

    /// <summary>A layer that memory must answer and does not hold.</summary>
    public LiveLayer? Missing { get; private init; }

    /// <summary>Why memory cannot answer for the missing layer; null where it does not hold the layer.</summary>
    public LocalText? MissingReason { get; private init; }

    /// <summary>The view of a layer; null = PostGIS answers.</summary>
    public LayerView? View(int layer) => _views[layer];

    public bool IsSql(int layer) => (SqlLayers >> layer & 1) != 0;

    public static TilePlan Of(TileQuestion question, TileCoord tile)
    {
        var (views, sqlLayers, version) = (new LayerView?[question.Layers.Count], 0, 0L);
        var (missing, reason) = (default(LiveLayer), default(LocalText));
        for (var at = 0; at < views.Length; at++)
        {
            var layer = question.Layers[at];
            var touched = layer.Touched.VersionOf(tile);
            if (question.Forced != TileExecutor.Sql && question.Refusals[at] is null && layer.View is { } view)
                (views[at], version) = (view, version + touched);
            else
            {
                sqlLayers |= 1 << at;
                if (question.Forced == TileExecutor.Snapshot && missing is null)
                    (missing, reason) = (layer, question.Refusals[at]);
            }
        }
        return new(question, tile, views, sqlLayers, version) { Missing = missing, MissingReason = reason };
    }
}
