namespace CityOps.Gis.PostGis.Batches;

/// <summary>A line of the list of deliveries: what was brought by the page, the batch that came of it, or both.</summary>
/// <param name="UploadedBytes">Of the upload, while it lasts.</param>
public sealed record ImportListing(ImportJob? Job, Batch? Batch, long UploadedBytes, long TotalBytes)
{
    public string Name => Job?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Batch!.Path));
    public DateTimeOffset At => Job?.CreatedAt ?? Batch!.CreatedAt;
}
