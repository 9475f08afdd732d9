namespace CityOps.Gis.PostGis.Batches;

/// <summary>One delivery on its way into a layer.</summary>
/// <param name="Settings">JSON of the importer's settings, so that a batch can be resumed as it was begun.</param>
/// <param name="Inspection">JSON of what the inspection found.</param>
/// <param name="Maker">Nothing outside of his scope is added, changed, moved or removed by the batch.</param>
public sealed record Batch(
    long Id, string LayerId, BatchState State, string Path, string FileHash, string Settings, string Inspection, BatchCounts Counts,
    DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt, string? Note, DeliveryMaker Maker);
