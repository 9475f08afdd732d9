using CityOps.Gis.Codes;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Grids;

/// <summary>
/// A unit grid that <see cref="GridMaker"/> drew. Geometry in EPSG:4490, longitude first; a multi-polygon only where a speck of the
/// community touches nothing.
/// </summary>
public sealed record MadeGrid(GridCode Code, Geometry Geometry4490, double AreaSqm);
