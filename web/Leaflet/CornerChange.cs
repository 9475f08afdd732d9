namespace CityOps.Gis.Leaflet;

/// <summary>A step by which a line or polygon is changed: a few bytes, however many corners it has.</summary>
/// <param name="Run">Which of <see cref="MapCorners.Runs"/>.</param>
/// <param name="At">Which of its corners; of a new one the place among them that it takes.</param>
/// <param name="Place">Where the corner stands now; of one that was removed where it stood.</param>
public sealed record CornerChange(CornerChangeKind Kind, int Run, int At, MapPlace Place);
