namespace CityOps.Gis.Crs;

/// <summary>Tells the family of a datum from its name, and failing that from its ellipsoid.</summary>
static class CrsDatum
{
    static readonly (string Part, string Datum)[] Names =
    [
        ("china_2000", "cgcs2000"), ("cgcs2000", "cgcs2000"), ("cgcs_2000", "cgcs2000"),
        ("china_geodetic_coordinate_system_2000", "cgcs2000"), ("2000国家大地", "cgcs2000"),
        ("xiamen", "xiamen92"), ("厦门", "xiamen92"),
        ("xian", "xian80"), ("xi_an", "xian80"), ("西安", "xian80"),
        ("beijing", "beijing54"), ("北京", "beijing54"), ("krasovsky", "beijing54"), ("krassovsky", "beijing54"), ("krassowsky", "beijing54"),
        ("wgs_1984", "wgs84"), ("wgs84", "wgs84"), ("wgs_84", "wgs84"), ("world_geodetic_system_1984", "wgs84"),
        ("north_american_1983", "nad83"), ("north_american_datum_1983", "nad83"), ("nad83", "nad83"),
        ("etrs", "etrs89"), ("european_terrestrial_reference_system_1989", "etrs89"), ("sweref99", "etrs89"), ("rgf93", "etrs89"), ("rgf_1993", "etrs89"),
    ];

    public static string Of(string datumName, string crsName, double semiMajor, double inverseFlattening)
    {
        foreach (var name in new[] { CrsText.Normal(datumName), CrsText.Normal(crsName) })
            foreach (var (part, datum) in Names)
                if (name.Contains(part, StringComparison.Ordinal))
                    return datum;
        return IsUnnamed(datumName) ? OfEllipsoid(semiMajor, inverseFlattening) : "other";
    }

    static bool IsUnnamed(string name)
        => CrsText.Normal(name) is "" or "unnamed" or "not_specified" || name.Contains("unknown", StringComparison.OrdinalIgnoreCase);

    static string OfEllipsoid(double semiMajor, double inverseFlattening) => (Math.Round(semiMajor), Math.Round(inverseFlattening, 3)) switch
    {
        (6378137, 298.257) => "wgs84",
        (6378140, 298.257) => "xian80",
        (6378245, 298.3) => "beijing54",
        _ => "other",
    };

    /// <summary>By name, or by the city's constants: 118°30′, −400,000 east of the usual 500,000, −2,700,000 north.</summary>
    public static bool IsXiamen92(string name, Dictionary<string, double> parameters, CrsDefinition geographic)
        => geographic.Datum == "xiamen92" || CrsText.Normal(name) is var plain
                && (plain.Contains("xiamen", StringComparison.Ordinal) || plain.Contains("厦门", StringComparison.Ordinal))
            || (geographic.Datum == "beijing54" && Math.Abs(parameters.GetValueOrDefault("central_meridian") - 118.5) < 1e-9
                && parameters.GetValueOrDefault("false_easting") == 100_000 && parameters.GetValueOrDefault("false_northing") == -2_700_000);
}
