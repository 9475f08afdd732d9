namespace CityOps.Gis.Leaflet;

/// <summary>A base map of pictures, drawn below the layers instead of the plain ground.</summary>
/// <param name="TilesUrl">URL template of tiles of 256 pixels with <c>{z}/{x}/{y}</c>.</param>
/// <param name="MaxZoom">The deepest zoom with tiles; the map enlarges these beyond.</param>
/// <param name="Attribution">Whose map it is; plain text.</param>
public sealed record MapBaseMap(string TilesUrl, int MinZoom, int MaxZoom, string? Attribution);
