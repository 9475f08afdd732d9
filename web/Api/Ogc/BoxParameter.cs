using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// The parameter <c>bbox</c> in the axis order of its reference system (OGC 17-069r4, 7.15.3; 18-058r1, 6.2.2). A box in degrees is the question's own; one over the
/// antimeridian and one whose edges are no parallels and meridians become conditions.
/// </summary>
static class BoxParameter
{
    // Points along an edge of a rectangle in a plane: at a city's size the edge then leaves the true line by less than a millimetre.
    const int EdgePoints = 32;

    public static void Read(string text, OgcCrs crs, List<KeyValuePair<string, string>> asked, List<string> conditions, List<LocalText> faults)
    {
        if (text.Length == 0)
            return;
        var numbers = text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN).ToArray();
        // Of six numbers the third and the last are heights, and nothing here has a height.
        if (numbers.Length == 6)
            numbers = [numbers[0], numbers[1], numbers[3], numbers[4]];
        if (numbers.Length != 4 || numbers.Any(double.IsNaN))
            faults.Add(Fault(text, crs));
        else if (crs.KeepsRectangles)
            InDegrees(text, crs, numbers, asked, conditions, faults);
        else if (numbers[0] < numbers[2] && numbers[1] < numbers[3] && Outline(crs, numbers) is { } outline)
            conditions.Add($"S_INTERSECTS(geom, {outline})");
        else
            faults.Add(Fault(text, crs));
    }

    static void InDegrees(string text, OgcCrs crs, double[] numbers, List<KeyValuePair<string, string>> asked, List<string> conditions, List<LocalText> faults)
    {
        var ((west, south), (east, north)) = (crs.ToStored(numbers[0], numbers[1]), crs.ToStored(numbers[2], numbers[3]));
        if (west < -180 || west > 180 || east < -180 || east > 180 || south < -90 || north > 90 || south > north)
            faults.Add(Fault(text, crs));
        else if (west <= east)
            asked.Add(new("bbox", string.Create(CultureInfo.InvariantCulture, $"{west:R},{south:R},{east:R},{north:R}")));
        else
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"S_INTERSECTS(geom, BBOX({west:R},{south:R},180,{north:R})) OR S_INTERSECTS(geom, BBOX(-180,{south:R},{east:R},{north:R}))"));
    }

    /// <summary>The rectangle as WKT in degrees; null where it leaves the world.</summary>
    public static string? Outline(OgcCrs crs, double[] box)
    {
        var corners = new[] { (box[0], box[1]), (box[0], box[3]), (box[2], box[3]), (box[2], box[1]), (box[0], box[1]) };
        var points = new List<(double Longitude, double Latitude)>();
        for (var edge = 0; edge < 4; edge++)
            for (var step = 0; step < EdgePoints; step++)
                points.Add(crs.ToStored(Between(corners[edge].Item1, corners[edge + 1].Item1, step), Between(corners[edge].Item2, corners[edge + 1].Item2, step)));
        points.Add(points[0]);
        return points.All(point => Math.Abs(point.Longitude) <= 180 && Math.Abs(point.Latitude) <= 90)
            ? $"POLYGON(({string.Join(", ", points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Longitude:R} {point.Latitude:R}")))}))"
            : null;
    }

    static double Between(double from, double to, int step) => from + (to - from) * step / EdgePoints;

    static LocalText Fault(string text, OgcCrs crs) => new(
        $"bbox=“{text}”不是 {crs.Name} 中的范围：应为四个数，先左下角再右上角，坐标按“{(crs.IsNorthFirst ? "北、东" : "东、北")}”的次序。",
        $"'bbox={text}' is no box in {crs.Name}: write four numbers, the lower left corner and then the upper right one, each as {(crs.IsNorthFirst ? "north,east" : "east,north")}.");
}
