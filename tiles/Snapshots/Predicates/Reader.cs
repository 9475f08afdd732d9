namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Reads a value of a row (or of a code, where a condition is worked out per code); false where there is none.</summary>
delegate bool Reader<T>(int at, out T value) where T : allows ref struct;
