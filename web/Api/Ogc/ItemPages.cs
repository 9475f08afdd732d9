using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// Pages of items. Where a layer is live in memory, memory says which features stand on the page and the database looks them up by their keys; the database checks
/// that memory is of the same version and asks the conditions again, so the rows are those of the plain statement. Otherwise the plain statement is asked.
/// </summary>
sealed class ItemPages(LiveLayers live, FeaturePages database)
{
    /// <summary>Offsets beyond this are counted off by the database.</summary>
    const long MostPassed = 100_000;

    static readonly TimeSpan MostSearching = TimeSpan.FromMilliseconds(200);

    /// <summary>A page at its first feature, and who found it.</summary>
    public async Task<(FeaturePage Page, TileExecutor FoundBy)> Read(LayerDefinition layer, FeatureQuery query, int limit, PageStart start, CancellationToken cancel)
    {
        if (await FromMemory(layer, query, limit, start, cancel) is { } found)
            return (found, TileExecutor.Snapshot);
        var page = await database.Read(layer, query, limit, start, cancel);
        await Begin(page, cancel);
        return (page, TileExecutor.Sql);
    }

    /// <summary>See <see cref="FeaturePages.Version"/>.</summary>
    public Task<long> Version(LayerDefinition layer, FeatureQuery query, CancellationToken cancel) => database.Version(layer, query, cancel);

    async Task<FeaturePage?> FromMemory(LayerDefinition layer, FeatureQuery query, int limit, PageStart start, CancellationToken cancel)
    {
        if (!CanFind(layer, query, start) || live.Find(layer.Id) is not { State: LayerState.Live, View: { } view })
            return null;
        var wanted = start.Before is null ? limit + 1 : limit;
        if (PageSearch.Find(view, query, start.After, start.Before, (int)start.Offset, wanted, MostSearching, cancel) is not { } keys)
            return null;
        var page = await database.Read(layer, query, limit, keys, view.Version, isBackwards: start.Before is not null, cancel);
        if (await Begin(page, cancel) || (keys.Count == 0 && await database.Version(layer, new(layer.Id), cancel) == view.Version))
            return page;
        // Written to since memory saw it last.
        await page.DisposeAsync();
        return null;
    }

    // All features in the order of their numbers are what the primary key is. What is asked a little wider cannot be counted off.
    static bool CanFind(LayerDefinition layer, FeatureQuery query, PageStart start)
        => !query.IsWhole && PageSearch.CanFind(layer, query) && start.Offset <= (query is { Box: null, Polygon: null, Near: null } ? MostPassed : 0);

    static async Task<bool> Begin(FeaturePage page, CancellationToken cancel)
    {
        try
        {
            return await page.Next(cancel);
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }
}
