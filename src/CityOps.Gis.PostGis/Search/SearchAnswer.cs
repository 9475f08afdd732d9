using CityOps.Gis.Features;

namespace CityOps.Gis.PostGis.Search;

/// <summary>A feature that was found.</summary>
/// <param name="Matched">The text that was found, where it is not the title; null otherwise.</param>
/// <param name="Point">Longitude and latitude of a spot on the feature (EPSG:4490); null for one without a place.</param>
/// <param name="Box">West, south, east, north in degrees.</param>
public sealed record SearchAnswer(
    string LayerId, long Fid, string Code, string Title, string? Matched, SearchMatch Match, Jurisdiction Jurisdiction,
    (double Longitude, double Latitude)? Point, (double West, double South, double East, double North)? Box);
