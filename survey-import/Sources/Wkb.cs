namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Numbers of two-dimensional ISO WKB (OGC 06-103r4, clause 8), little-endian throughout.</summary>
static class Wkb
{
    public const int Point = 1, LineString = 2, Polygon = 3, MultiPoint = 4, MultiLineString = 5, MultiPolygon = 6, Collection = 7;
}
