using CityOps.Gis.BaseMaps;
using CityOps.Gis.Crs;
using CityOps.Gis.Tiling;
using Microsoft.Extensions.Caching.Memory;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>The tiles of all base maps: from memory, else from disk, else from the map's file or server; a GCJ-02 map's are shifted right.</summary>
public sealed class BaseMapTiles : IDisposable
{
    // A place without a tile is remembered for a while too.
    static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    const int EntryBytes = 200;

    readonly Dictionary<string, ITileSource> _sources;
    readonly MemoryCache _memory;
    readonly HttpClient _client = new();

    public BaseMapTiles(BaseMapOptions options, TimeProvider clock)
    {
        _memory = new(new MemoryCacheOptions { SizeLimit = options.MemoryBytes });
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("CityOps.Gis");
        var folder = new TileFolder(options.Folder, options.DiskBytes);
        _sources = options.Maps.ToDictionary(map => map.Id, map => SourceOf(map, folder, options.MaxAge, clock));
        Maps = options.Maps;
    }

    public IReadOnlyList<BaseMapDefinition> Maps { get; }

    /// <summary>The picture of a tile; null where the map has none.</summary>
    /// <exception cref="TileSourceException">The map's source does not answer.</exception>
    public async Task<TilePicture?> Fetch(BaseMapDefinition map, TileCoord tile, CancellationToken cancel)
    {
        if (_memory.TryGetValue<TilePicture?>((map.Id, tile), out var known))
            return known;
        var picture = await _sources[map.Id].Fetch(tile, cancel);
        using var entry = _memory.CreateEntry((map.Id, tile));
        entry.SetValue(picture).SetSize(EntryBytes + (picture?.Bytes.Length ?? 0)).SetAbsoluteExpiration(Remembered);
        return picture;
    }

    public void Dispose()
    {
        _memory.Dispose();
        _client.Dispose();
    }

    ITileSource SourceOf(BaseMapDefinition map, TileFolder folder, TimeSpan maxAge, TimeProvider clock)
    {
        ITileSource source = map.Kind == BaseMapKind.MbTiles
            ? new MbTilesSource(map)
            : new KeptTileSource(new HttpTileSource(_client, map, map.KeyVariable is { } name ? Environment.GetEnvironmentVariable(name) ?? "" : ""), map.Id, folder, maxAge, clock);
        return map.Offset == MapOffset.Gcj02 ? new ShiftedTileSource(source) : source;
    }
}
