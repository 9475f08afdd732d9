using System.Globalization;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>What an address under <c>/tiles</c> names, read without making strings.</summary>
readonly ref struct TilePath
{
    public enum Kind
    {
        Unknown,
        /// <summary><c>/tiles</c></summary>
        Catalogue,
        /// <summary><c>/tiles/events</c></summary>
        Events,
        /// <summary><c>/tiles/{layers}.json</c></summary>
        TileJson,
        /// <summary><c>/tiles/{layers}/style.json</c></summary>
        Style,
        /// <summary><c>/tiles/{layers}/{z}/{x}/{y}.mvt</c></summary>
        Tile,
        /// <summary><c>/tiles/{layers}/{z}/{x}/{y}/why</c></summary>
        WhyPage,
        /// <summary><c>/tiles/{layers}/{z}/{x}/{y}/why.json</c></summary>
        WhyJson,
        /// <summary>Of a tile's form, but no tile of the scheme.</summary>
        NoTile,
    }

    public Kind Is { get; private init; }
    public ReadOnlySpan<char> Layers { get; private init; }
    public TileCoord Tile { get; private init; }

    /// <param name="path">What stands behind <c>/tiles</c>.</param>
    public static TilePath Read(ReadOnlySpan<char> path)
    {
        path = path.TrimStart('/');
        if (path.IsEmpty)
            return new() { Is = Kind.Catalogue };
        var slash = path.IndexOf('/');
        if (slash < 0)
            return path is "events" ? new() { Is = Kind.Events }
                : path.EndsWith(".json") ? new() { Is = Kind.TileJson, Layers = path[..^5] }
                : default;
        var layers = path[..slash];
        var rest = path[(slash + 1)..];
        return rest is "style.json" ? new() { Is = Kind.Style, Layers = layers }
            : rest.EndsWith(".mvt") ? OfTile(Kind.Tile, layers, rest[..^4])
            : rest.EndsWith("/why") ? OfTile(Kind.WhyPage, layers, rest[..^4])
            : rest.EndsWith("/why.json") ? OfTile(Kind.WhyJson, layers, rest[..^9])
            : default;
    }

    static TilePath OfTile(Kind kind, ReadOnlySpan<char> layers, ReadOnlySpan<char> address)
    {
        var first = address.IndexOf('/');
        var last = address.LastIndexOf('/');
        return first > 0 && last > first && Number(address[..first]) is { } zoom && Number(address[(first + 1)..last]) is { } x && Number(address[(last + 1)..]) is { } y
            && new TileCoord(zoom, x, y) is { IsValid: true } tile
            ? new() { Is = kind, Layers = layers, Tile = tile }
            : new() { Is = Kind.NoTile, Layers = layers };
    }

    static int? Number(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
