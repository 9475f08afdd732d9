namespace CityOps.Gis.Tiles.Encoding;

/// <summary>A layer of a decoded tile with its dictionaries. Values are string, float, double, long, ulong or bool.</summary>
public sealed record MvtLayer(
    string Name, int Version, int Extent, IReadOnlyList<string> Keys, IReadOnlyList<object> Values, IReadOnlyList<MvtFeature> Features);
