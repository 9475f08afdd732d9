using System.Collections.Frozen;

namespace CityOps.Gis.Crs;

/// <summary>
/// The reference systems a Chinese delivery may be in, with those of older datums so that they can be refused by name. Codes are EPSG's.
/// </summary>
public static class CrsCatalog
{
    /// <summary>Krassowsky ellipsoid (Beijing 1954, Xiamen 92).</summary>
    static readonly (double A, double Rf) Krassowsky = (6378245, 298.3);

    static readonly FrozenDictionary<int, CrsDefinition> ByCode;

    static CrsCatalog()
    {
        Xiamen92 = GaussKruger(null, "Xiamen 92", "xiamen92", null, 0, 118.5, 100_000) with
        {
            Parameters = TransverseMercator(118.5, 100_000, -2_700_000, 1),
        };
        All = [.. Geographic(), WebMercator(), .. Chinese(), .. Utm()];
        ByCode = All.ToFrozenDictionary(one => one.Epsg!.Value);
    }

    public static IReadOnlyList<CrsDefinition> All { get; }

    /// <summary>
    /// The city's local system: central meridian 118°30′, constants −400,000 east and −2,700,000 north. It has no EPSG code.
    /// </summary>
    public static CrsDefinition Xiamen92 { get; }

    public static CrsDefinition? Find(int epsg) => ByCode.GetValueOrDefault(epsg);

    /// <summary>Reads ESRI WKT, OGC WKT 1 and 2, <c>EPSG:4548</c>, OGC URNs and URLs, and PROJ strings.</summary>
    public static CrsParse Parse(string wktOrEpsgOrProj) => CrsText.Parse(wktOrEpsgOrProj);

    /// <summary>
    /// The 3° zone of CGCS2000 without prefix (EPSG 4534–4554) whose central meridian is nearest to a longitude in degrees.
    /// </summary>
    public static CrsDefinition Zone3(double lon) => ByCode[4534 + Math.Clamp((int)Math.Round(lon / 3) - 25, 0, 20)];

    /// <summary>
    /// As <see cref="Zone3"/>; outside China, where there is no zone, the same projection about the nearest third meridian.
    /// </summary>
    internal static CrsDefinition LocalPlane(double lon)
        => lon is > 73.5 and < 136.5 ? Zone3(lon) : GaussKruger(null, "CGCS2000 / local", "cgcs2000", null, 3, Math.Round(lon / 3) * 3, 500_000);

    /// <summary>
    /// Catalogue entry of the same datum and the same mathematics; the name decides between 3° and 6° zones of one meridian.
    /// </summary>
    internal static CrsDefinition? Match(CrsDefinition crs)
    {
        var found = All.Append(Xiamen92).Where(one => IsSame(one, crs)).ToList();
        var isSixDegrees = !crs.Name.Contains("3_deg", StringComparison.OrdinalIgnoreCase) && !crs.Name.Contains("3-deg", StringComparison.OrdinalIgnoreCase)
            && crs.Name.Contains("GK", StringComparison.OrdinalIgnoreCase);
        return found.OrderBy(one => one.Epsg == crs.Epsg ? 0 : 1).ThenBy(one => one.ZoneWidth == 6 == isSixDegrees ? 0 : 1).FirstOrDefault();
    }

    static bool IsSame(CrsDefinition one, CrsDefinition other)
        => (one.Datum == other.Datum || (one.Datum, other.Datum) is ("xiamen92", "beijing54"))
            && one.IsGeographic == other.IsGeographic && one.Projection == other.Projection
            && Math.Abs(one.UnitToMeters - other.UnitToMeters) < 1e-9 && Math.Abs(one.UnitToDegrees - other.UnitToDegrees) < 1e-9
            && Math.Abs(one.PrimeMeridian - other.PrimeMeridian) < 1e-9
            && Math.Abs(one.SemiMajor - other.SemiMajor) < 0.01 && Math.Abs(one.InverseFlattening - other.InverseFlattening) < 1e-4
            && (one.Projection == ProjNetSystem.WebMercator || one.Parameters.Keys.Union(other.Parameters.Keys).All(name => Near(name, one, other)));

    static bool Near(string name, CrsDefinition one, CrsDefinition other)
    {
        var usual = name == "scale_factor" ? 1 : 0;
        return Math.Abs(one.Parameters.GetValueOrDefault(name, usual) - other.Parameters.GetValueOrDefault(name, usual)) < 1e-7;
    }

    /// <summary>Name for people of a datum of the catalogue.</summary>
    internal static string DatumName(string datum) => datum switch
    {
        "cgcs2000" => "CGCS2000",
        "wgs84" => "WGS 84",
        "nad83" => "NAD83",
        "etrs89" => "ETRS89",
        "xian80" => "Xian 1980",
        "beijing54" => "Beijing 1954",
        _ => "Xiamen 92",
    };

    static IEnumerable<CrsDefinition> Geographic()
        => new[]
        {
            (4490, "cgcs2000"), (4480, "cgcs2000"), (4326, "wgs84"), (4979, "wgs84"),
            (4269, "nad83"), (4258, "etrs89"), (4610, "xian80"), (4214, "beijing54"),
        }.Select(one => OnDatum(one.Item2) with { Epsg = one.Item1, Name = DatumName(one.Item2), IsGeographic = true });

    static CrsDefinition WebMercator() => OnDatum("wgs84") with
    {
        Epsg = 3857,
        Name = "WGS 84 / Pseudo-Mercator",
        Projection = ProjNetSystem.WebMercator,
        Parameters = new Dictionary<string, double>
        {
            ["central_meridian"] = 0, ["latitude_of_origin"] = 0, ["scale_factor"] = 1, ["false_easting"] = 0, ["false_northing"] = 0,
        },
    };

    static IEnumerable<CrsDefinition> Chinese()
        => [.. Zones("cgcs2000", 3, 4513, 4534), .. Zones("cgcs2000", 6, 4491, 4502),
            .. Zones("xian80", 3, 2349, 2370), .. Zones("xian80", 6, 2327, 2338),
            .. Zones("beijing54", 3, 2401, 2422), .. Zones("beijing54", 6, 21413, 21453),
            .. Zones("beijing54", 6, null, 21473)]; // 21473–21483: withdrawn codes of the same planes, still found in files

    static IEnumerable<CrsDefinition> Zones(string datum, int width, int? firstPrefixed, int firstPlain)
    {
        var (first, count) = width == 3 ? (25, 21) : (13, 11);
        for (var i = 0; i < count; i++)
        {
            var zone = first + i;
            var meridian = width == 3 ? zone * 3 : zone * 6 - 3;
            var title = $"{DatumName(datum)} / {(width == 3 ? "3-degree " : "")}Gauss-Kruger";
            if (firstPrefixed is { } code)
                yield return GaussKruger(code + i, $"{title} zone {zone}", datum, zone, width, meridian, zone * 1e6 + 500_000);
            yield return GaussKruger(firstPlain + i, $"{title} CM {meridian}E", datum, zone, width, meridian, 500_000);
        }
    }

    static CrsDefinition GaussKruger(int? epsg, string name, string datum, int? zone, int width, double meridian, double falseEasting) => OnDatum(datum) with
    {
        Epsg = epsg,
        Name = name,
        Zone = zone,
        ZoneWidth = width,
        HasZonePrefix = falseEasting > 1e6,
        Projection = "transverse_mercator",
        Parameters = TransverseMercator(meridian, falseEasting, 0, 1),
    };

    static IEnumerable<CrsDefinition> Utm()
        => from one in new[] { ("wgs84", 32600, 1, 60, 0.0), ("wgs84", 32700, 1, 60, 1e7), ("nad83", 26900, 1, 23, 0.0), ("etrs89", 25800, 28, 38, 0.0) }
           from zone in Enumerable.Range(one.Item3, one.Item4 - one.Item3 + 1)
           select OnDatum(one.Item1) with
           {
               Epsg = one.Item2 + zone,
               Name = $"{DatumName(one.Item1)} / UTM zone {zone}{(one.Item5 == 0 ? "N" : "S")}",
               Projection = "transverse_mercator",
               Parameters = TransverseMercator(zone * 6 - 183, 500_000, one.Item5, 0.9996),
           };

    internal static IReadOnlyDictionary<string, double> TransverseMercator(double meridian, double falseEasting, double falseNorthing, double scale)
        => new Dictionary<string, double>
        {
            ["latitude_of_origin"] = 0, ["central_meridian"] = meridian, ["scale_factor"] = scale,
            ["false_easting"] = falseEasting, ["false_northing"] = falseNorthing,
        };

    static CrsDefinition OnDatum(string datum)
    {
        var (a, rf) = datum switch
        {
            "beijing54" or "xiamen92" => Krassowsky,
            "xian80" => (6378140, 298.257),
            "wgs84" => (6378137, 298.257223563),
            _ => (6378137, 298.257222101),
        };
        return new() { Name = "", Datum = datum, DatumName = DatumName(datum), SemiMajor = a, InverseFlattening = rf };
    }
}
