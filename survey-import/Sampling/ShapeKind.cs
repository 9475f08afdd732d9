namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Shape types of a shapefile that the sample uses, with the format's numbers.</summary>
public enum ShapeKind { Point = 1, Line = 3, Polygon = 5, PointZ = 11 }
