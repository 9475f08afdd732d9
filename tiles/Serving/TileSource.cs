using System.Collections.Concurrent;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Makes the tiles of a plan: layers in memory on the calling thread, the others by PostGIS.</summary>
public sealed class TileSource(TileQuery sql, TileLimits? limits = null)
{
    // A maker keeps buffers as large as the largest tile it made; as many are kept as can work at once without waiting for each other.
    static readonly int MostIdle = 2 * Environment.ProcessorCount;
    readonly ConcurrentQueue<SnapshotTiles> _idle = new();

    /// <summary>Takes a maker for <see cref="MakeNow"/>; its tile is good until it is given back.</summary>
    public SnapshotTiles Rent() => _idle.TryDequeue(out var maker) ? maker : new(limits);

    public void Return(SnapshotTiles maker)
    {
        if (_idle.Count < MostIdle)
            _idle.Enqueue(maker);
    }

    /// <summary>The tile of a plan that memory answers whole.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public static ReadOnlyMemory<byte> MakeNow(TilePlan plan, SnapshotTiles maker, CancellationToken cancel)
    {
        maker.Begin();
        for (var at = 0; at < plan.Question.Queries.Count; at++)
            maker.Add(plan.View(at)!, plan.Question.Queries[at], plan.Tile, cancel);
        return maker.End();
    }

    /// <summary>The tile of any plan, to be kept. A tile is its layers one after the other (MVT 2.1, 4.1), so executors may mix.</summary>
    /// <param name="version">As which it is kept; read before.</param>
    public async Task<KeptTile> Make(TilePlan plan, long version, CancellationToken cancel)
    {
        var bytes = await Bytes(plan, cancel);
        return new(version, TileTag.Of(bytes, plan.Question), bytes);
    }

    async Task<byte[]> Bytes(TilePlan plan, CancellationToken cancel)
    {
        if (plan.SqlLayers == 0)
            return FromMemory(plan, cancel);
        var layers = plan.Question.Layers;
        var parts = new byte[layers.Count][];
        for (var at = 0; at < parts.Length; at++)
            parts[at] = plan.View(at) is { } view
                ? FromMemory(view, plan.Question.Queries[at], plan.Tile, cancel)
                : await sql.Tile(layers[at].Definition, plan.Question.Queries[at], plan.Tile, cancel);
        return parts is [var only] ? only : [.. parts.SelectMany(part => part)];
    }

    /// <summary>The version of what PostGIS answers of a plan.</summary>
    public async Task<long> SqlVersion(TilePlan plan, CancellationToken cancel)
    {
        var version = 0L;
        for (var at = 0; at < plan.Question.Layers.Count; at++)
            if (plan.IsSql(at))
                version += await sql.Version(plan.Question.Layers[at].Definition, cancel);
        return version;
    }

    byte[] FromMemory(TilePlan plan, CancellationToken cancel)
    {
        var maker = Rent();
        try
        {
            return MakeNow(plan, maker, cancel).ToArray();
        }
        finally
        {
            Return(maker);
        }
    }

    byte[] FromMemory(LayerView view, FeatureQuery query, TileCoord tile, CancellationToken cancel)
    {
        var maker = Rent();
        try
        {
            return maker.Tile(view, query, tile, cancel).ToArray();
        }
        finally
        {
            Return(maker);
        }
    }
}
