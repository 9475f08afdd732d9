namespace CityOps.Gis.Leaflet;

/// <summary>A box in degrees (EPSG:4490).</summary>
public sealed record MapBounds(double West, double South, double East, double North)
{
    const double KmPerDegree = 111.2;

    /// <summary>Its area on a sphere, near enough to scale drawings by.</summary>
    public double AreaKm2 => (East - West) * Math.Cos((South + North) / 2 * Math.PI / 180) * (North - South) * KmPerDegree * KmPerDegree;
}
