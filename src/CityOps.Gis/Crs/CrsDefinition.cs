using System.Globalization;
using System.Text;

namespace CityOps.Gis.Crs;

/// <summary>
/// A coordinate reference system as far as the product uses it. X is easting or longitude, Y is northing or latitude, whatever order its
/// authority defines.
/// </summary>
public sealed record CrsDefinition
{
    /// <summary>EPSG code; null where the text that described it fits none that the catalogue knows.</summary>
    public int? Epsg { get; init; }
    public required string Name { get; init; }

    /// <summary>
    /// <c>cgcs2000</c>, <c>wgs84</c>, <c>nad83</c>, <c>etrs89</c> (all four equal within 2 m), <c>xian80</c>, <c>beijing54</c>,
    /// <c>xiamen92</c>, <c>other</c>.
    /// </summary>
    public required string Datum { get; init; }

    /// <summary>The datum as the delivered text names it.</summary>
    public string DatumName { get; init; } = "";
    public bool IsGeographic { get; init; }

    /// <summary>Gauss–Krüger zone number: 13–23 for 6° zones, 25–45 for 3° zones.</summary>
    public int? Zone { get; init; }

    /// <summary>3 or 6 degrees; 0 where the system is not a national Gauss–Krüger zone.</summary>
    public int ZoneWidth { get; init; }

    /// <summary>True when eastings begin with the zone number (39,610,498 m).</summary>
    public bool HasZonePrefix { get; init; }

    /// <summary>Projection under its OGC name in lower case (<c>transverse_mercator</c>); null for geographic systems.</summary>
    public string? Projection { get; init; }

    /// <summary>Projection parameters under their OGC names: degrees, and lengths in the unit of the system.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; init; } = new Dictionary<string, double>();
    public double? CentralMeridian => Parameters.TryGetValue("central_meridian", out var degrees) ? degrees : null;
    public double FalseEasting => Parameters.GetValueOrDefault("false_easting");
    public double FalseNorthing => Parameters.GetValueOrDefault("false_northing");

    /// <summary>Metres in one unit of the coordinates; for geographic systems 1.</summary>
    public double UnitToMeters { get; init; } = 1;

    /// <summary>Degrees in one angular unit.</summary>
    public double UnitToDegrees { get; init; } = 1;

    /// <summary>Degrees east of Greenwich.</summary>
    public double PrimeMeridian { get; init; }

    /// <summary>Ellipsoid: half axis in metres and reciprocal of the flattening (0 = sphere).</summary>
    public double SemiMajor { get; init; } = 6378137;
    public double InverseFlattening { get; init; } = 298.257222101;

    /// <summary>Seven parameters to WGS 84 that came with the text (position vector: metres, arc seconds, ppm).</summary>
    public DatumShift? ToWgs84 { get; init; }

    /// <summary>True for a Transverse Mercator at full scale from the equator, as every Gauss–Krüger zone is.</summary>
    public bool IsGaussKruger => ZoneWidth > 0;

    /// <summary>Equal to CGCS2000 within 2 m, so that coordinates are taken over without a shift.</summary>
    public bool IsEqualToCgcs2000 => Datum is "cgcs2000" or "wgs84" or "nad83" or "etrs89";

    public override string ToString() => Epsg is { } code ? $"EPSG:{code} {Name}" : Name;

    /// <summary>OGC WKT 1 of the system.</summary>
    public string ToWkt()
    {
        static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        static string Q(string text) => text.Replace('"', '\'');
        var geographic = $"GEOGCS[\"{Q(DatumName)}\",DATUM[\"{Q(DatumName)}\",SPHEROID[\"{Q(DatumName)}\",{N(SemiMajor)},{N(InverseFlattening)}]],"
            + $"PRIMEM[\"Greenwich\",{N(PrimeMeridian)}],UNIT[\"degree\",{N(UnitToDegrees * Math.PI / 180)}]]";
        if (IsGeographic)
            return geographic;
        var text = new StringBuilder($"PROJCS[\"{Q(Name)}\",{geographic},PROJECTION[\"{Projection}\"]");
        foreach (var (name, value) in Parameters)
            text.Append(CultureInfo.InvariantCulture, $",PARAMETER[\"{name}\",{N(value)}]");
        return text.Append(CultureInfo.InvariantCulture, $",UNIT[\"unit\",{N(UnitToMeters)}]]").ToString();
    }
}
