using System.Diagnostics;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Makes a tile to find out why it is slow or large. It takes no tile from the cache and puts none there.</summary>
sealed class TileReporter(TileQuery sql, TileCache cache, DataAge age, TileLimits limits)
{
    public async Task<TileReport> Report(TilePlan plan, CancellationToken cancel)
    {
        var (layers, bytes, begun, version) = (new List<TileReport.Layer>(), new List<byte>(), Stopwatch.GetTimestamp(), plan.Version);
        for (var at = 0; at < plan.Question.Layers.Count; at++)
        {
            var (layer, tile) = plan.View(at) is { } view ? FromMemory(plan, at, view, cancel) : await FromPostGis(plan, at, cancel);
            version += plan.IsSql(at) ? layer.Version : 0;
            layers.Add(layer);
            bytes.AddRange(tile);
        }
        var whole = bytes.ToArray();
        var steps = new List<TileReport.Step> { new(new("编码", "make"), Since(begun)) };
        var tag = Timed(steps, new("计算标签", "hash"), () => TileTag.Of(whole, plan.Question));
        var gzip = Timed(steps, new("gzip 压缩", "gzip"), () => Packing.Pack(whole, ContentCoding.Gzip).Length);
        var brotli = Timed(steps, new("brotli 压缩", "brotli"), () => Packing.Pack(whole, ContentCoding.Brotli).Length);
        return new(plan.Tile.ToString(), plan.Question.Text, tag.Text(ContentCoding.Identity), CacheState(plan, version), age.Of(plan), whole.Length, gzip, brotli, steps, layers);
    }

    (TileReport.Layer, byte[]) FromMemory(TilePlan plan, int at, LayerView view, CancellationToken cancel)
    {
        var (maker, begun) = (new SnapshotTiles(limits), Stopwatch.GetTimestamp());
        var tile = maker.Tile(view, plan.Question.Queries[at], plan.Tile, cancel).ToArray();
        var took = Since(begun);
        var account = maker.Accounts.SingleOrDefault();
        var blocks = view.Parts.Sum(part => part.Snapshot.Blocks.Blocks.Count);
        var weight = LayerWeight.Of(tile).SingleOrDefault();
        var layer = plan.Question.Layers[at];
        return (new(layer.Definition.Id, layer.Definition.Title, TileExecutor.Snapshot, layer.State, layer.Reason, view.Version, LayerCatalogue.LsnText(view.Lsn), view.AsOf,
            account?.Parts ?? 0, account?.Blocks ?? 0, Math.Max(0, blocks - (account?.Blocks ?? 0)), account?.Seen ?? 0, account?.Drawn ?? 0, account?.IsAggregated ?? false,
            Why(layer.Definition, plan.Tile, account?.IsAggregated ?? false, account?.Seen ?? 0, account?.FeatureBytes ?? 0), took, weight), tile);
    }

    async Task<(TileReport.Layer, byte[])> FromPostGis(TilePlan plan, int at, CancellationToken cancel)
    {
        var layer = plan.Question.Layers[at];
        var version = await sql.Version(layer.Definition, cancel);
        var begun = Stopwatch.GetTimestamp();
        var tile = await sql.Tile(layer.Definition, plan.Question.Queries[at], plan.Tile, cancel);
        var took = Since(begun);
        var weight = LayerWeight.Of(tile).SingleOrDefault();
        var (isAggregated, seen) = (weight?.IsAggregated ?? false, weight?.CountedFeatures ?? 0);
        return (new(layer.Definition.Id, layer.Definition.Title, TileExecutor.Sql, layer.State, plan.Question.Refusals[at] ?? layer.Reason, version, null, null, null, null, null,
            seen, weight?.Features ?? 0, isAggregated, Why(layer.Definition, plan.Tile, isAggregated, seen, 0), took, weight), tile);
    }

    LocalText Why(LayerDefinition layer, TileCoord tile, bool isAggregated, long seen, int featureBytes)
        => tile.Zoom < layer.Zooms.Min ? new($"图层从 {layer.Zooms.Min} 级起才有瓦片。", $"The layer has tiles from zoom {layer.Zooms.Min} on.")
        : seen == 0 ? new("没有符合条件的要素。", "No feature answers the question here.")
        : !layer.Zooms.Aggregate ? new("该图层在各级别都完整绘制。", "The layer is drawn whole at every zoom.")
        : !isAggregated ? new($"{seen:N0} 个要素放得下（上限 {limits.MostFeatures:N0} 个、{limits.MostBytes:N0} 字节）。", FormattableString.Invariant($"{seen:N0} features fit (at most {limits.MostFeatures:N0} and {limits.MostBytes:N0} bytes)."))
        : seen > limits.MostFeatures ? new($"{seen:N0} 个要素超过上限 {limits.MostFeatures:N0} 个，改为按格计数。", FormattableString.Invariant($"{seen:N0} features are more than {limits.MostFeatures:N0}, so cells count them."))
        : new($"要素需 {featureBytes:N0} 字节，超过上限 {limits.MostBytes:N0}，改为按格计数。", FormattableString.Invariant($"The features take {featureBytes:N0} bytes, more than {limits.MostBytes:N0}, so cells count them."));

    string CacheState(TilePlan plan, long version)
        => !cache.IsOn ? "off" : cache.Peek(new(plan.Question, plan.Tile, plan.SqlLayers)) is not { } kept ? "none" : kept.Version >= version ? "kept" : "outdated";

    static T Timed<T>(List<TileReport.Step> steps, LocalText what, Func<T> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = work();
        steps.Add(new(what, Since(begun)));
        return result;
    }

    static double Since(long begun) => Math.Round(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 3);
}
