using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>A small map of where the faults lie, as inline SVG: dots by severity over a grid of degrees, with a scale bar.</summary>
static class FaultMap
{
    const double Width = 900, Height = 460, Margin = 34, Rim = 5, DotPixels = 3;
    const double MetersPerDegree = 111_320;

    // A town block; less than this around a single fault says nothing.
    const double LeastMeters = 400;
    static readonly Dictionary<Severity, string> Colors = new() { [Severity.Error] = "#b3261e", [Severity.Warning] = "#d98200", [Severity.Note] = "#7b8794" };

    readonly record struct Dot(double X, double Y, Severity Severity);

    /// <summary>Null where no fault has a position.</summary>
    public static XElement? Of(ImportReport report, ReportText text)
    {
        var dots = report.Issues.Where(issue => issue is { X: not null, Y: not null })
            .Select(issue => new Dot(issue.X!.Value, issue.Y!.Value, ImportReport.SeverityOf(issue.Severity))).ToList();
        if (dots.Count == 0)
            return null;
        var (west, east) = Range([.. dots.Select(dot => dot.X).Order()]);
        var (south, north) = Range([.. dots.Select(dot => dot.Y).Order()]);
        var frame = new Frame((west + east) / 2, (south + north) / 2, east - west, north - south);
        var outside = dots.Count(dot => frame.IsOutside(dot.X, dot.Y));
        return new("figure",
            new XElement("svg", new XAttribute("viewBox", N($"0 0 {Width} {Height}")), new XAttribute("role", "img"), new XAttribute("aria-label", text.Of("Map.Label", dots.Count)),
                frame.Graticule(), Colors.Keys.OrderBy(one => one).Select(severity => Points(frame, severity, dots)), frame.ScaleBar(text["Map.North"])),
            Legend(dots, text),
            Html.Of("figcaption", "note", text.Of("Map.Note", ReportText.Number(dots.Count)) + (outside > 0 ? " " + text.Of("Map.Outside", ReportText.Number(outside)) : "")));
    }

    static XElement Legend(List<Dot> dots, ReportText text) => new("div", new XAttribute("class", "legend note"),
        dots.GroupBy(dot => dot.Severity).OrderByDescending(group => group.Key).Select(group => new XElement("span",
            new XElement("i", new XAttribute("style", "background: " + Colors[group.Key])), $"{ReportFacts.Severity(group.Key, text)} {ReportText.Number(group.LongCount())}")));

    // Middle half and three times its width on either side: a single fault on another continent must not shrink the city to a point.
    static (double From, double To) Range(double[] sorted)
    {
        var (low, high) = (sorted[sorted.Length / 4], sorted[sorted.Length * 3 / 4]);
        var reach = Math.Max(3 * (high - low), LeastMeters / MetersPerDegree);
        return (Math.Max(sorted[0], low - reach), Math.Min(sorted[^1], high + reach));
    }

    // One path for each severity; dots that would lie on one another are drawn once, so that the page stays small.
    static XElement? Points(Frame frame, Severity severity, List<Dot> dots)
    {
        var places = new HashSet<(int, int)>();
        var path = new StringBuilder();
        foreach (var dot in dots.Where(dot => dot.Severity == severity))
        {
            var (x, y) = frame.Place(dot.X, dot.Y);
            if (places.Add(((int)(x / DotPixels), (int)(y / DotPixels))))
                path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}h0");
        }
        return path.Length == 0 ? null : new("path", new XAttribute("d", path.ToString()), new XAttribute("fill", "none"), new XAttribute("stroke", Colors[severity]),
            new XAttribute("stroke-width", "6"), new XAttribute("stroke-linecap", "round"), new XAttribute("stroke-opacity", ".8"));
    }

    static string N(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Degrees to pixels: longitudes shortened by the latitude, the same scale both ways.</summary>
    readonly struct Frame
    {
        readonly double _x, _y, _pixelsPerDegree, _shortening;

        public Frame(double x, double y, double width, double height)
        {
            (_x, _y, _shortening) = (x, y, Math.Max(0.05, Math.Cos(y * Math.PI / 180)));
            var least = LeastMeters / MetersPerDegree;
            _pixelsPerDegree = Math.Min((Width - 2 * Margin) / Math.Max(width * _shortening, least), (Height - 2 * Margin) / Math.Max(height, least));
        }

        /// <summary>Where it is drawn; what lies outside is drawn at the frame.</summary>
        public (double X, double Y) Place(double longitude, double latitude)
            => (Math.Clamp(X(longitude), Rim, Width - Rim), Math.Clamp(Y(latitude), Rim, Height - Rim));

        public bool IsOutside(double longitude, double latitude) => X(longitude) is < 0 or > Width || Y(latitude) is < 0 or > Height;

        double X(double longitude) => Width / 2 + (longitude - _x) * _shortening * _pixelsPerDegree;

        double Y(double latitude) => Height / 2 - (latitude - _y) * _pixelsPerDegree;

        public IEnumerable<XElement> Graticule()
        {
            var (halfWidth, halfHeight) = (Width / 2 / _pixelsPerDegree / _shortening, Height / 2 / _pixelsPerDegree);
            var step = Round(halfWidth / 2.5);
            for (var at = Math.Ceiling((_x - halfWidth) / step) * step; at < _x + halfWidth; at += step)
            {
                var x = X(at);
                yield return Line(x, 0, x, Height);
                if (x is > 30 and < Width - 70)
                    yield return Label(x + 4, Height - 6, Degrees(at, step));
            }
            for (var at = Math.Ceiling((_y - halfHeight) / step) * step; at < _y + halfHeight; at += step)
            {
                var y = Y(at);
                yield return Line(0, y, Width, y);
                if (y is > 20 and < Height - 24)
                    yield return Label(4, y - 4, Degrees(at, step));
            }
        }

        public IEnumerable<XElement> ScaleBar(string north)
        {
            var pixelsPerMeter = _pixelsPerDegree / MetersPerDegree;
            var meters = Round(160 / pixelsPerMeter);
            var (right, left) = (Width - 20, Width - 20 - meters * pixelsPerMeter);
            yield return Stroke(N($"M{left:0.#} 30v6H{right:0.#}v-6"));
            yield return Label(left, 24, meters >= 1000 ? N($"{meters / 1000:0.##} km") : N($"{meters:0.##} m"));
            yield return Stroke("M24 40V16m-5 8l5-9l5 9");
            yield return Label(33, 28, north);
        }

        // 1, 2 or 5 times a power of ten, not above the value.
        static double Round(double value)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
            return (value / power) switch { >= 5 => 5, >= 2 => 2, _ => 1 } * power;
        }

        static string Degrees(double value, double step) => value.ToString("F" + Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9)), CultureInfo.InvariantCulture) + "°";

        static XElement Stroke(string path)
            => new("path", new XAttribute("d", path), new XAttribute("fill", "none"), new XAttribute("stroke", "#33475b"), new XAttribute("stroke-width", "1.5"));

        static XElement Line(double x1, double y1, double x2, double y2)
            => new("path", new XAttribute("d", N($"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}")), new XAttribute("stroke", "#e3e8ee"), new XAttribute("stroke-width", "1"));

        static XElement Label(double x, double y, string text)
            => new("text", new XAttribute("x", N($"{x:0.#}")), new XAttribute("y", N($"{y:0.#}")), new XAttribute("font-size", "12"), new XAttribute("fill", "#5b6770"), text);
    }
}
