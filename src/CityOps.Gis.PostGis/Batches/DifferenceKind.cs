namespace CityOps.Gis.PostGis.Batches;

/// <summary>What a census says of a feature beside what was known.</summary>
public enum DifferenceKind { Added, Changed, Moved, Removed }
