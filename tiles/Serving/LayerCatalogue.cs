using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// What <c>/tiles</c> tells: each layer with its state, what it takes, and where its tiles are; and the cache. Sizes, versions and times are of the whole city and not told to a
/// caller with a scope.
/// </summary>
public sealed record LayerCatalogue(IReadOnlyList<LayerCatalogue.Entry> Layers, long? MemoryBytes, LayerCatalogue.CacheState? Cache)
{
    /// <summary>A layer that has tiles.</summary>
    /// <param name="Reason">Why memory does not follow the database, in Chinese and English.</param>
    /// <param name="Rows">Features in memory, removed ones included; null where PostGIS answers.</param>
    /// <param name="AsOf">As of when the data in memory stands; null where PostGIS answers, which is live.</param>
    /// <param name="Version"><c>cityops.layer.version</c> in memory.</param>
    /// <param name="Lsn">Position in PostgreSQL's log up to which changes are in memory.</param>
    public sealed record Entry(
        string Id, LocalText Title, GeometryKind Geometry, int MinZoom, int MaxZoom, TileExecutor Executor, LayerState State, LocalText? Reason,
        long? Rows, long? MemoryBytes, int? Parts, DateTimeOffset? AsOf, long? Version, string? Lsn, Links Links);

    /// <summary>Addresses of a layer.</summary>
    public sealed record Links(string Tilejson, string Style, string Tiles, string Events);

    /// <summary>The cache of tiles since the start.</summary>
    public sealed record CacheState(long Bytes, long CapacityBytes, int Tiles, long Hits, long Misses);

    public static LayerCatalogue Of(LayerCatalog catalog, LiveLayers live, TileCache cache, string baseUrl)
            {
        var isWhole = Caller.Current.Scope is null;
        return new([.. live.All.Where(layer => catalog.Find(layer.Definition.Id) is not null).Select(layer => EntryOf(layer, baseUrl, isWhole))],
            isWhole ? live.Bytes : null, isWhole ? new(cache.Bytes, cache.CapacityBytes, cache.Count, cache.Hits, cache.Misses) : null);
    }

    static Entry EntryOf(LiveLayer layer, string baseUrl, bool isWhole)
    {
        var (definition, view, at) = (layer.Definition, isWhole ? layer.View : null, $"{baseUrl}/tiles/{layer.Definition.Id}");
        return new(definition.Id, definition.Title, definition.Geometry, definition.Zooms.Min, definition.Zooms.Max,
            layer.View is null ? TileExecutor.Sql : TileExecutor.Snapshot, layer.State, layer.Reason, view?.Count, isWhole ? view?.Bytes ?? 0 : null, isWhole ? view?.Parts.Count ?? 0 : null,
            view?.AsOf, view?.Version, view is null ? null : LsnText(view.Lsn),
            new($"{at}.json", $"{at}/style.json", $"{at}/{{z}}/{{x}}/{{y}}.mvt", $"{baseUrl}/tiles/events?layers={definition.Id}"));
    }

    /// <summary>A log position as PostgreSQL writes it (<c>16/B374D848</c>); null for none.</summary>
    public static string? LsnText(ulong lsn) => lsn == 0 ? null : FormattableString.Invariant($"{lsn >> 32:X}/{(uint)lsn:X}");
}
