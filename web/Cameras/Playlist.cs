using System.Text;
using System.Text.RegularExpressions;

namespace CityOps.Gis.Web.Cameras;

/// <summary>A playlist of a stream (HLS, RFC 8216, 4.1): its addresses are brought to where this server fetches them, so that a browser asks nobody else.</summary>
public static partial class Playlist
{
    /// <summary>Bytes of a playlist.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Folder of a stream: all its parts lie in it.</summary>
    public static Uri FolderOf(Uri stream) => new(stream, ".");

    /// <summary>Does an address lie in a folder, on the same host and port?</summary>
    public static bool IsIn(Uri folder, Uri address)
        => address.Scheme == folder.Scheme && address.Host == folder.Host && address.Port == folder.Port && address.AbsolutePath.StartsWith(folder.AbsolutePath, StringComparison.Ordinal);

    /// <summary>The playlist with other addresses; null where one of its own leads out of the folder, or it is no playlist.</summary>
    /// <param name="own">Of the playlist.</param>
    /// <param name="served">Under which the folder is served here, with a slash at its end.</param>
    public static string? Moved(string text, Uri own, Uri folder, string served)
    {
        if (!text.StartsWith("#EXTM3U", StringComparison.Ordinal))
            return null;
        var (moved, isWithin) = (new StringBuilder(), true);
        string Move(string address)
        {
            if (!Uri.TryCreate(own, address, out var there) || !IsIn(folder, there))
            {
                isWithin = false;
                return "";
            }
            return served + there.AbsolutePath[folder.AbsolutePath.Length..] + there.Query;
        }
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
            moved.Append(line.Length == 0 ? "" : line[0] == '#' ? Attribute().Replace(line, match => $"URI=\"{Move(match.Groups[1].Value)}\"") : Move(line.Trim())).Append('\n');
        return isWithin ? moved.ToString() : null;
    }

    [GeneratedRegex("\\bURI=\"([^\"]*)\"")]
    private static partial Regex Attribute();
}
