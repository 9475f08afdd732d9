using System.Globalization;

namespace CityOps.Gis.Leaflet;

/// <summary>What the map shows: Leaflet's zoom (256-pixel tiles) and the centre in degrees. Written <c>zoom/latitude/longitude</c>.</summary>
public sealed record MapViewport(double Zoom, double Latitude, double Longitude)
{
    public static MapViewport? TryParse(string? text)
    {
        var parts = (text ?? "").Split('/').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return parts is [>= 0 and <= 24, >= -86 and <= 86, >= -180 and <= 180] ? new(parts[0], parts[1], parts[2]) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Zoom:0.##}/{Latitude:0.00000}/{Longitude:0.00000}");
}
