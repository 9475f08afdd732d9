namespace CityOps.Gis.PostGis.Batches;

/// <summary>A feature that a batch adds, changes, moves or removes.</summary>
/// <param name="Id">Of this difference within its kind; also in the GeoJSON of the map.</param>
/// <param name="Longitude">Degrees (EPSG:4490), of where it is now or was last.</param>
/// <param name="Meters">How far it moved.</param>
/// <param name="Fields">What changed: before and after, by field.</param>
public sealed record DifferenceRow(
    string Id, DifferenceKind Kind, string Key, string? Name, string? ClassCode, double? Longitude, double? Latitude, double? Meters,
    IReadOnlyDictionary<string, (string? Before, string? After)> Fields);
