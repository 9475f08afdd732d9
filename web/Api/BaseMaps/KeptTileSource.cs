using System.Collections.Concurrent;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>Asks a source once for what many want at the same time, keeps its pictures on disk, and gives an old one where the source does not answer.</summary>
/// <param name="maxAge">Of a picture that is given without asking again.</param>
sealed class KeptTileSource(ITileSource source, string map, TileFolder folder, TimeSpan maxAge, TimeProvider clock) : ITileSource
{
    readonly ConcurrentDictionary<TileCoord, Lazy<Task<TilePicture?>>> _fetching = [];

    public async Task<TilePicture?> Fetch(TileCoord tile, CancellationToken cancel)
    {
        var kept = await folder.Find(map, tile, cancel);
        if (kept is { } one && clock.GetUtcNow().UtcDateTime - one.FetchedAt < maxAge)
            return one.Picture;
        try
        {
            // Whoever waits may go away; the tile is fetched to its end for the others.
            return await _fetching.GetOrAdd(tile, one => new(() => FetchAndKeep(one))).Value.WaitAsync(cancel);
        }
        catch (TileSourceException) when (kept is not null)
        {
            return kept.Value.Picture;
        }
    }

    async Task<TilePicture?> FetchAndKeep(TileCoord tile)
    {
        try
        {
            var picture = await source.Fetch(tile, CancellationToken.None);
            if (picture is not null)
                await folder.Keep(map, tile, picture, CancellationToken.None);
            return picture;
        }
        finally
        {
            _fetching.TryRemove(tile, out _);
        }
    }
}
