using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;

namespace CityOps.Gis.Web.Assets;

/// <summary>
/// The static files of the pages, under addresses that carry the version of them all: <c>/v/3f2a9c81/app.css</c>. What a file asks for by a relative address has the version too.
/// So a browser may keep them for good and asks for none of them again until one is another.
/// </summary>
public sealed class AssetSet(IWebHostEnvironment host)
{
    /// <summary>Where versioned addresses begin.</summary>
    public const string Prefix = "/v";

    /// <summary>Changes when any file does.</summary>
    public string Version { get; } = VersionOf(host.WebRootFileProvider);

    /// <summary>Begins the address of every file, without a slash at its end.</summary>
    public string Root => $"{Prefix}/{Version}";

    /// <param name="path">From the web root, without a slash before it.</param>
    public string Url(string path) => $"{Root}/{path}";

    // Reading all the files would take longer than it is worth: another build writes them at another time.
    static string VersionOf(IFileProvider files)
    {
        var told = Below(files, "").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', told))))[..8];
    }

    static IEnumerable<string> Below(IFileProvider files, string folder)
        => files.GetDirectoryContents(folder).SelectMany(file => file.IsDirectory
            ? Below(files, $"{folder}/{file.Name}")
            : [string.Create(CultureInfo.InvariantCulture, $"{folder}/{file.Name} {file.Length} {file.LastModified.UtcTicks}")]);
}
