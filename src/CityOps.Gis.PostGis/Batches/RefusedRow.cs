namespace CityOps.Gis.PostGis.Batches;

/// <summary>A row in quarantine.</summary>
/// <param name="Record">JSON object of the delivered values by the delivered field names.</param>
/// <param name="Wkb">Its geometry in EPSG:4490 as little-endian ISO WKB, where it has a usable one.</param>
public sealed record RefusedRow(string SourceLayer, long Row, string Record, string? Key, byte[]? Wkb);
