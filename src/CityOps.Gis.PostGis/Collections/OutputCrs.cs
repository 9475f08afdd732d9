using CityOps.Gis.Crs;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>How stored coordinates (EPSG:4490, longitude first) go out.</summary>
/// <param name="Transform">Null = they are degrees already.</param>
/// <param name="IsNorthFirst">Latitude or northing stands before longitude or easting.</param>
/// <param name="Decimals">Of planes: places behind the point; degrees go out as they are stored.</param>
public sealed record OutputCrs(CoordinateTransform? Transform, bool IsNorthFirst, int Decimals)
{
    /// <summary>Longitude and latitude as stored.</summary>
    public static OutputCrs Stored { get; } = new(null, false, 0);
}
