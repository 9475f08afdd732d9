using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Where layers lie: of those in memory by the boxes of their blocks, of the others by their spatial indexes, and what a caller's scope holds by its features.</summary>
sealed class TileExtents(LayerBounds bounds)
{
    const double Units = 4294967296;

    /// <summary>Box about all the layers, in degrees; null where they hold nothing.</summary>
    public async Task<(double West, double South, double East, double North)?> Of(IEnumerable<LiveLayer> layers, CancellationToken cancel)
    {
        var whole = default((double West, double South, double East, double North)?);
        foreach (var layer in layers)
            if ((layer.View is { } view && Caller.Current.ScopeOn(layer.Definition.Id) is null ? OfView(view) : await bounds.Of(layer.Definition, cancel)) is { } box)
                whole = whole is { } before
                    ? (Math.Min(before.West, box.West), Math.Min(before.South, box.South), Math.Max(before.East, box.East), Math.Max(before.North, box.North))
                    : box;
        return whole;
    }

    static (double West, double South, double East, double North)? OfView(LayerView view)
    {
        var box = WorldBox.Nothing;
        foreach (var part in view.Parts)
            for (var group = 0; group < part.Snapshot.Blocks.Groups.Count; group++)
                box = box.With(part.Snapshot.Blocks.Groups.Box(group));
        return box.MinX > box.MaxX ? null
            : (WebMercator.Longitude(box.MinX / Units), WebMercator.Latitude((box.MaxY + 1.0) / Units), WebMercator.Longitude((box.MaxX + 1.0) / Units), WebMercator.Latitude(box.MinY / Units));
    }
}
