using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web;

/// <summary>The projected system in which a city's coordinates are shown: the one that was set, else the 3° zone of CGCS2000 that the city lies in.</summary>
public static class CityProjection
{
    /// <summary>Environment variable that names the system, such as <c>EPSG:4548</c>.</summary>
    public const string Variable = "CITYOPS_CRS";

    /// <param name="set">EPSG code of a Gauss–Krüger zone of CGCS2000; null = by the place of the city.</param>
    /// <returns>Null for a city without a place.</returns>
    public static MapProjection? Of(int? set, MapBounds? city)
    {
        var crs = set is { } code ? CrsCatalog.Find(code) : city is null ? null : CrsCatalog.Zone3((city.West + city.East) / 2);
        return crs is { CentralMeridian: { } meridian } ? new($"EPSG:{crs.Epsg}", meridian, crs.FalseEasting, crs.SemiMajor, crs.InverseFlattening) : null;
    }

    /// <summary>The code that the environment sets; null where it sets none.</summary>
    /// <exception cref="CommandException">It is no such system.</exception>
    public static int? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? null : Parse(text);

    // Older datums would need the city's parameters, which the browser does not have.
    static int Parse(string text)
        => int.TryParse(text.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && CrsCatalog.Find(code) is { IsGaussKruger: true, IsEqualToCgcs2000: true }
            ? code
            : throw new CommandException(new($"{Variable}=“{text}”不是 CGCS2000 的高斯投影带，应形如 EPSG:4548。", $"{Variable}='{text}' is no Gauss-Krüger zone of CGCS2000, such as EPSG:4548."));
}
