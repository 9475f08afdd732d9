namespace CityOps.Gis.Leaflet;

/// <summary>Corners that are joined by edges: a line, or the outline or a hole of a polygon.</summary>
/// <param name="Places">Longitude and latitude in degrees (EPSG:4490); of a ring the first does not stand again at its end.</param>
public sealed record MapCornerRun(IReadOnlyList<double[]> Places, bool IsRing);
