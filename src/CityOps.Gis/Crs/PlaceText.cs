using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CityOps.Gis.Crs;

/// <summary>
/// Reads positions as people type them: <c>118.08, 24.45</c> in either order, with hemispheres or degree signs (<c>24°27′N 118°4′48″E</c>, 北纬24度27分 东经118度4分48秒), and
/// metres of the city's Gauss–Krüger zone, with or without the zone's number, or of Web Mercator, in either order.
/// </summary>
public static partial class PlaceText
{
    // What China's places have: 3° to 54° north and 73° to 136° east, and northings of 0.3 to 6 million metres.
    const double West = 73, East = 136, South = 3, North = 54, LeastNorthing = 300_000, MostNorthing = 6_000_000, LeastPrefixed = 10_000_000;

    // Beyond three degrees from its meridian nobody uses a zone.
    const double Reach = 3;

    // The longest way to write a place is half as long.
    const int MostCharacters = 120;

    /// <summary>The position, or null for a text that is none.</summary>
    /// <param name="plane">The zone without prefix that metres are of; null = metres need the zone's number.</param>
    public static TypedPlace? Parse(string text, CrsDefinition? plane)
    {
        // Half a character of two (a lone surrogate) has no normal form.
        if (text.Length > MostCharacters || text.Any(char.IsSurrogate))
            return null;
        var match = Pair().Match(Plain(text));
        if (!match.Success)
            return null;
        var (first, second) = (Number(match, "a"), Number(match, "b"));
        var (firstSide, secondSide) = (Side(match, "a"), Side(match, "b"));
        var isAngle = match.Groups["degrees"].Success || firstSide is not null || secondSide is not null || Math.Max(Math.Abs(first), Math.Abs(second)) <= 180;
        return isAngle ? Degrees(first, firstSide, second, secondSide) : Meters(first, second, plane) ?? Meters(second, first, plane);
    }

    static TypedPlace? Degrees(double first, char? firstSide, double second, char? secondSide)
    {
        var isLatitudeFirst = (firstSide, secondSide) switch
        {
            ('N' or 'S', _) or (_, 'E' or 'W') => true,
            ('E' or 'W', _) or (_, 'N' or 'S') => false,
            _ => Math.Abs(second) > 90 || !IsInChina(first, second) && IsInChina(second, first),
        };
        var (longitude, latitude) = isLatitudeFirst ? (second, first) : (first, second);
        var isSameAxis = (firstSide is 'N' or 'S') == (secondSide is 'N' or 'S') && firstSide is not null && secondSide is not null;
        return isSameAxis || Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90 ? null : new(longitude, latitude, CrsCatalog.Find(4490)!);
    }

    static bool IsInChina(double longitude, double latitude) => longitude is >= West and <= East && latitude is >= South and <= North;

    // The nearest to the city of what the numbers may be; Web Mercator's metres look like those of a zone far in the west.
    static TypedPlace? Meters(double easting, double northing, CrsDefinition? plane)
    {
        var candidates = Candidates(easting, northing, plane).Where(one => IsInChina(one.Longitude, one.Latitude)).ToList();
        if (plane?.CentralMeridian is not { } meridian)
            return candidates.Count > 0 ? candidates[0] : null;
        var near = candidates.Where(one => Math.Abs(one.Longitude - meridian) <= Reach).ToList();
        return near.Count > 0 ? near[0] : candidates.Count > 0 ? candidates[0] : null;
    }

    static IEnumerable<TypedPlace> Candidates(double easting, double northing, CrsDefinition? plane)
    {
        if (northing is < LeastNorthing or > MostNorthing + 1_500_000)
            yield break;
        if (easting >= LeastPrefixed)
        {
            var zone = (int)(easting / 1e6);
            foreach (var crs in CrsCatalog.All.Where(one => one is { Datum: "cgcs2000", HasZonePrefix: true } && one.Zone == zone))
                yield return Place(easting, northing, crs);
            yield return Place(easting, northing, CrsCatalog.Find(3857)!);
        }
        else if (plane is not null && easting is > 0 and < 1_000_000 && northing <= MostNorthing)
            yield return Place(easting, northing, plane);
        else if (easting > 7_000_000)
            yield return Place(easting, northing, CrsCatalog.Find(3857)!);
    }

    static TypedPlace Place(double easting, double northing, CrsDefinition crs)
    {
        var (longitude, latitude) = CoordinateTransform.To4490(crs).Apply(easting, northing);
        return new(longitude, latitude, crs);
    }

    static double Number(Match match, string name)
    {
        var value = Part(match, name) + Part(match, name + "m") / 60 + Part(match, name + "s") / 3600;
        return match.Groups[name + "minus"].Success || Side(match, name) is 'S' or 'W' ? -value : value;
    }

    static double Part(Match match, string name) => match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;

    static char? Side(Match match, string name)
        => match.Groups[name + "before"] is { Success: true } before ? char.ToUpperInvariant(before.Value[0]) : match.Groups[name + "after"] is { Success: true } after ? char.ToUpperInvariant(after.Value[0]) : null;

    // One way of writing for each sign: full width becomes half width, Chinese words become letters and signs.
    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Normalize(NormalizationForm.FormKC));
        foreach (var (written, meant) in new[]
        {
            ("北纬", "N"), ("南纬", "S"), ("东经", "E"), ("西经", "W"), ("度", "°"), ("分", "'"), ("秒", "\""), ("º", "°"), ("˚", "°"), ("′′", "\""), ("''", "\""), ("′", "'"), ("’", "'"), ("″", "\""), ("”", "\""),
            ("、", ","), ("，", ","), (";", ","), ("；", ","),
        })
            plain.Replace(written, meant);
        // Blanks may stand in many places of the pattern; a run of them would be tried in all of these.
        return string.Join(' ', plain.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    // Two numbers, each with an optional letter before or behind it and optional minutes and seconds.
    [GeneratedRegex(
        @"^\(?\s*(?<abefore>[NSEW])?\s*(?<aminus>-)?(?<a>[0-9]+(?:\.[0-9]+)?)\s*(?:(?<degrees>°)\s*(?:(?<am>[0-9]+(?:\.[0-9]+)?)\s*'\s*(?:(?<as>[0-9]+(?:\.[0-9]+)?)\s*""?)?)?)?\s*(?(abefore)|(?<aafter>[NSEW])?)"
        + @"(?:\s*,\s*|\s+|(?<=[NSEW""'°]))"
        + @"(?<bbefore>[NSEW])?\s*(?<bminus>-)?(?<b>[0-9]+(?:\.[0-9]+)?)\s*(?:(?<degrees>°)\s*(?:(?<bm>[0-9]+(?:\.[0-9]+)?)\s*'\s*(?:(?<bs>[0-9]+(?:\.[0-9]+)?)\s*""?)?)?)?\s*(?(bbefore)|(?<bafter>[NSEW])?)\s*\)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
