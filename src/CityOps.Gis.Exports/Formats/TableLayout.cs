using CityOps.Gis.Layers;

namespace CityOps.Gis.Exports.Formats;

/// <summary>Which columns of a table hold the geometry, and what they are called: by names that the importer takes for coordinates.</summary>
readonly record struct TableLayout(bool HasCoordinates, bool HasWkt, string X, string Y)
{
    public const string Wkt = "WKT";

    public static TableLayout Of(ExportRequest request)
    {
        var layer = request.Question.Layer;
        var kind = layer.Geometry == GeometryKind.None ? TableGeometry.None : request.Geometry;
        var isPoint = layer.Geometry == GeometryKind.Point;
        var (x, y) = (request.Naming == FieldNaming.Chinese, request.Crs.IsGeographic) switch
        {
            (true, true) => ("经度", "纬度"),
            (true, false) => ("东坐标", "北坐标"),
            (false, true) => ("lon", "lat"),
            _ => ("easting", "northing"),
        };
        return new(kind == TableGeometry.Coordinates || kind == TableGeometry.Usual && isPoint, kind == TableGeometry.WellKnownText || kind == TableGeometry.Usual && !isPoint, x, y);
    }

    /// <summary>Headings of the geometry, which stand before those of the fields.</summary>
    public IEnumerable<string> Headings => [.. HasCoordinates ? [X, Y] : Array.Empty<string>(), .. HasWkt ? [Wkt] : Array.Empty<string>()];
}
