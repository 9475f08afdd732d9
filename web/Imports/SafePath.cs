using System.Text;

namespace CityOps.Gis.Web.Imports;

/// <summary>Names that browsers send, made fit for a folder of our own: nothing climbs out, and nothing is called what a file system does not bear.</summary>
public static class SafePath
{
    const int MostDepth = 12;

    // Of a name, in most file systems of Linux.
    const int MostBytes = 240;

    /// <summary>The path with '/' between its folders; null where it cannot be used.</summary>
    public static string? Of(string? path)
    {
        var parts = (path ?? "").Normalize().Split('/', '\\').Where(part => part.Length > 0).ToList();
        return parts.Count is > 0 and <= MostDepth && parts.TrueForAll(IsUsable) ? string.Join('/', parts) : null;
    }

    static bool IsUsable(string name)
        => name is not ("." or "..") && !name.Any(char.IsControl) && name.AsSpan().IndexOf('\uFFFD') < 0 && name.Trim() == name && Encoding.UTF8.GetByteCount(name) <= MostBytes;
}
