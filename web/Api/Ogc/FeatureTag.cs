using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>The strong ETag of a feature: hash of what is stored, and the reference system that it was sent in, as other coordinates are another representation (RFC 9110, 8.8.3).</summary>
static class FeatureTag
{
    public static string Of(string hash, OgcCrs crs) => crs.Epsg == 0 ? $"\"{hash}\"" : string.Create(CultureInfo.InvariantCulture, $"\"{hash}.{crs.Epsg}\"");

    /// <summary>Does the client have this very representation? Compared weakly, as If-None-Match wants it.</summary>
    public static bool IsKnown(StringValues ifNoneMatch, string tag) => Tags(ifNoneMatch).Any(one => one == "*" || one == tag || one == "W/" + tag);

    /// <summary>Is it of this version that the client speaks, in whatever reference system? Compared strongly, as If-Match wants it.</summary>
    public static bool IsMeant(StringValues ifMatch, string hash) => Tags(ifMatch).Any(one => one == "*" || one == $"\"{hash}\"" || one.StartsWith($"\"{hash}.", StringComparison.Ordinal));

    static IEnumerable<string> Tags(StringValues header) => header.OfType<string>().SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries));
}
