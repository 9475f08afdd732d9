using CityOps.Gis.Crs;
using CityOps.Gis.Layers;

namespace CityOps.Gis.BaseMaps;

/// <summary>A base map of pictures as the bureau configures it. Tiles are 256 pixels wide and lie in the Web Mercator scheme of <see cref="Tiling.TileCoord"/>.</summary>
public sealed record BaseMapDefinition
{
    /// <summary>Lower-case letters, digits and hyphens; stands in addresses.</summary>
    public required string Id { get; init; }
    public required LocalText Title { get; init; }
    public required BaseMapKind Kind { get; init; }

    /// <summary>
    /// Address with <c>{z}</c>, <c>{x}</c>, <c>{y}</c> (or <c>{-y}</c>, counted from the south), <c>{s}</c> for one of <see cref="Subdomains"/> and <c>{key}</c>. Of a WMTS, the address of
    /// the service, to which the parameters of GetTile are added, or a template with <c>{TileMatrix}</c>, <c>{TileRow}</c> and <c>{TileCol}</c>.
    /// </summary>
    public string? Url { get; init; }
    public IReadOnlyList<string> Subdomains { get; init; } = [];

    /// <summary>Name of the environment variable that holds the key of the service, which then stands in no file and reaches no browser.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>WMTS: the layer, its style, the set of tile matrices and the format that are asked for.</summary>
    public string? Layer { get; init; }
    public string Style { get; init; } = "default";
    public string MatrixSet { get; init; } = "w";
    public string Format { get; init; } = "tiles";

    /// <summary>MBTiles: the file; relative to the file of definitions.</summary>
    public string? File { get; init; }
    public int MinZoom { get; init; }

    /// <summary>The deepest zoom with tiles; the map enlarges these beyond.</summary>
    public int MaxZoom { get; init; } = 18;

    /// <summary>Whose map it is; shown on it.</summary>
    public LocalText? Attribution { get; init; }

    /// <summary>The shift that the pictures carry and that is taken out: <see cref="MapOffset.Gcj02"/> or none.</summary>
    public MapOffset Offset { get; init; }
}
