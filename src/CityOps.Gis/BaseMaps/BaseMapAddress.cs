using System.Globalization;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.BaseMaps;

/// <summary>The address of a tile at the server of a base map.</summary>
public static class BaseMapAddress
{
    /// <summary>Fills in the template; the same tile always comes from the same subdomain, so that caches on the way hold it once.</summary>
    /// <param name="key">Of the service; empty where it wants none.</param>
    public static string Of(BaseMapDefinition map, TileCoord tile, string key)
    {
        var address = map.Kind == BaseMapKind.Wmts && map.Url?.Contains("{TileMatrix}", StringComparison.OrdinalIgnoreCase) != true ? GetTile(map) : map.Url ?? "";
        foreach (var (name, value) in Values(map, tile, key))
            address = address.Replace($"{{{name}}}", value, StringComparison.OrdinalIgnoreCase);
        return address;
    }

    static IEnumerable<(string Name, string Value)> Values(BaseMapDefinition map, TileCoord tile, string key)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        yield return ("z", Text(tile.Zoom));
        yield return ("x", Text(tile.X));
        yield return ("y", Text(tile.Y));
        yield return ("-y", Text((1 << tile.Zoom) - 1 - tile.Y));
        yield return ("TileMatrix", Text(tile.Zoom));
        yield return ("TileRow", Text(tile.Y));
        yield return ("TileCol", Text(tile.X));
        yield return ("s", map.Subdomains.Count == 0 ? "" : map.Subdomains[(tile.X + tile.Y) % map.Subdomains.Count]);
        yield return ("key", Uri.EscapeDataString(key));
    }

    // OGC 07-057r7, table 29: GetTile by key-value pairs.
    static string GetTile(BaseMapDefinition map)
    {
        static string Text(string value) => Uri.EscapeDataString(value);
        var url = map.Url ?? "";
        return url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?")
            + $"SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={Text(map.Layer ?? "")}&STYLE={Text(map.Style)}&TILEMATRIXSET={Text(map.MatrixSet)}&FORMAT={Text(map.Format)}&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}";
    }
}
