using CityOps.Gis.Crs;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Shapefiles;

/// <summary>One shapefile of an export: .shp, .shx, .dbf, .prj and .cpg.</summary>
sealed class ShapefileSet : IDisposable
{
    readonly ShpWriter _shapes;
    readonly DbfWriter _table;
    bool _isClosed;

    /// <param name="stem">Path without extension.</param>
    public ShapefileSet(string stem, ShapeType type, ExportRequest request, IReadOnlyList<DbfColumn> columns)
    {
        _shapes = new(stem, type);
        _table = new(stem + ".dbf", columns, request.Encoding, request.IsGbk);
        File.WriteAllText(stem + ".prj", EsriWkt.Of(request.Crs));
        File.WriteAllText(stem + ".cpg", request.IsGbk ? "GBK" : "UTF-8");
    }

    public IReadOnlyDictionary<string, long> Cut => _table.Cut;
    public long ShapeBytes => _shapes.Bytes;

    public void Add(ExportRow row)
    {
        _shapes.Add(row.Shape);
        _table.Add(row);
    }

    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _shapes.Dispose();
        _table.Dispose();
    }
}
