namespace CityOps.Gis.Tiles.Encoding;

/// <summary>A decoded vector tile; nothing in it but its layers, in the order they came.</summary>
public sealed record MvtTile(IReadOnlyList<MvtLayer> Layers)
{
    /// <summary>The layer of a name, or null when the tile has none.</summary>
    public MvtLayer? Find(string name) => Layers.FirstOrDefault(layer => layer.Name == name);
}
