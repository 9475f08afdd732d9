using NetTopologySuite.Geometries;

namespace CityOps.Gis.Grids;

/// <summary>A part of a community in the plane, and the mesh cell that most of it lies in.</summary>
sealed record GridFace(Geometry Plane, int Row, int Column);
