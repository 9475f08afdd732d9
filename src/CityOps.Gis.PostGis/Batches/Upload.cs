namespace CityOps.Gis.PostGis.Batches;

/// <summary>A file on its way to the server.</summary>
/// <param name="Path">Path within the delivery, '/' between folders.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Received">Bytes that are here and checked.</param>
public sealed record Upload(Guid Id, long JobId, string Folder, string Path, long Size, long Received);
