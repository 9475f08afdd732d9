namespace CityOps.Gis.Leaflet;

/// <summary>A Gauss–Krüger projection (Transverse Mercator of full scale from the equator), in which the map says where the pointer is.</summary>
/// <param name="Name">For people, such as <c>EPSG:4548</c>.</param>
/// <param name="CentralMeridian">Degrees.</param>
/// <param name="FalseEasting">Metres.</param>
/// <param name="SemiMajor">Half axis of the ellipsoid, metres.</param>
public sealed record MapProjection(string Name, double CentralMeridian, double FalseEasting, double SemiMajor, double InverseFlattening);
