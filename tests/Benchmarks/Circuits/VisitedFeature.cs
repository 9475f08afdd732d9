namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>A component that somebody may look at.</summary>
sealed record VisitedFeature(long Fid, double Longitude, double Latitude);
