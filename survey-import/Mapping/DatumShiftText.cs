using System.Globalization;
using CityOps.Gis.Crs;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>A city's datum parameters as text: <c>plane:dx,dy,seconds,ppm@EPSG:4548</c> (four, metres) or <c>space:dx,dy,dz,rx,ry,rz,ppm</c> (seven, position vector).</summary>
public static class DatumShiftText
{
    /// <exception cref="FormatException">The text is neither.</exception>
    public static DatumShift Parse(string text)
    {
        var parts = text.Split(':', 2);
        if (parts is ["space", var seven] && Numbers(seven, 7) is { } space)
            return DatumShift.Space(space[0], space[1], space[2], space[3], space[4], space[5], space[6]);
        if (parts is ["plane", var rest] && rest.Split('@') is [var four, var target] && Numbers(four, 4) is { } plane && CrsCatalog.Parse(target).Crs is { } crs)
            return DatumShift.Plane(plane[0], plane[1], plane[2], plane[3], crs);
        throw new FormatException($"'{text}' is no set of parameters; write plane:dx,dy,seconds,ppm@EPSG:4548 or space:dx,dy,dz,rx,ry,rz,ppm.");
    }

    static double[]? Numbers(string text, int count)
    {
        var numbers = text.Split(',').Select(one => double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers.Length == count && numbers.All(double.IsFinite) ? numbers : null;
    }
}
