namespace CityOps.Gis.PostGis.Batches;

/// <summary>A layer of the delivery that a staged row came from, with the names that reports use. A batch keeps them, so that it can be resumed.</summary>
/// <param name="KeyField">Delivered name of the key.</param>
/// <param name="GridField">Delivered name of the unit grid; null where the delivery has none.</param>
public sealed record StagedSource(string Name, string KeyField, string? GridField);
