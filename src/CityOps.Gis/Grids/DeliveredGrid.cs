using NetTopologySuite.Geometries;

namespace CityOps.Gis.Grids;

/// <summary>A unit grid as delivered.</summary>
/// <param name="Row">Row number in its layer, from 1.</param>
/// <param name="Geometry4490">EPSG:4490, longitude first.</param>
/// <param name="DeclaredArea">Square metres as delivered.</param>
/// <param name="ParentCode">Community as delivered; null = the one that the code names.</param>
public sealed record DeliveredGrid(long Row, string? Code, Geometry? Geometry4490, double? DeclaredArea = null, string? ParentCode = null);
