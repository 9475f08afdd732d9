namespace CityOps.Gis.Leaflet;

/// <summary>A colour of a layer and what it stands for.</summary>
/// <param name="Key">A major (两位大类) or a status, as the tiles have it.</param>
public sealed record MapLegendEntry(string Key, string Color, string Name);
