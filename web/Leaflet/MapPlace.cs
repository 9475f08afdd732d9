using System.Globalization;

namespace CityOps.Gis.Leaflet;

/// <summary>A place in degrees (EPSG:4490).</summary>
public sealed record MapPlace(double Longitude, double Latitude)
{
    /// <summary><c>longitude,latitude</c>, to a centimetre.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Longitude:0.#######},{Latitude:0.#######}");
}
