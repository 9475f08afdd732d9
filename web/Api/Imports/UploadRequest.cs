namespace CityOps.Gis.Web.Api.Imports;

/// <summary>Files that a browser is about to send.</summary>
/// <param name="Name">What people call them together; null = after the files.</param>
/// <param name="Mends">Batch whose refused rows they bring mended; null = none.</param>
public sealed record UploadRequest(string? Name, IReadOnlyList<UploadRequest.File>? Files, long? Mends = null)
{
    /// <summary>A file as the browser knows it.</summary>
    /// <param name="Path">Path within what was dropped.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="Modified">When it was last changed, milliseconds since 1970.</param>
    public sealed record File(string? Path, long Size, long Modified);
}
