namespace CityOps.Gis.PostGis.Batches;

/// <summary>A staged row that its maker may not write.</summary>
/// <param name="Row">Row in its layer of the delivery, from 1.</param>
/// <param name="IsByKey">It lies inside of the scope, but its key is of a feature that lies outside.</param>
/// <param name="Where">Code of the smallest area that it lies in.</param>
public sealed record OutsideRow(long Row, bool IsByKey, string? Key, string? Where);
