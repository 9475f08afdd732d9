using CityOps.Gis.Crs;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>The survey area as a raster of 256 × 256 cells, inside, outside or on the edge; only points in edge cells ask the polygon. Degrees, EPSG:4490.</summary>
public sealed class SurveyMask
{
    const int Side = 256;
    const byte Outside = 0, Inside = 1, Edge = 2;

    readonly byte[] _cells = new byte[Side * Side];
    readonly Envelope _box;
    readonly IndexedPointInAreaLocator _locator;

    /// <param name="area">The area in which a delivery may lie.</param>
    public SurveyMask(Geometry area)
    {
        _box = area.EnvelopeInternal;
        _locator = new(area);
        var prepared = PreparedGeometryFactory.Prepare(area);
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
                _cells[row * Side + column] = Classify(prepared, area.Factory, column, row);
    }

    public SurveyArea Box => new(_box.MinX, _box.MinY, _box.MaxX, _box.MaxY);

    public bool Contains(double longitude, double latitude)
    {
        if (!_box.Contains(longitude, latitude))
            return false;
        var column = Math.Min(Side - 1, (int)((longitude - _box.MinX) / _box.Width * Side));
        var row = Math.Min(Side - 1, (int)((latitude - _box.MinY) / _box.Height * Side));
        return _cells[row * Side + column] switch
        {
            Inside => true,
            Outside => false,
            _ => _locator.Locate(new Coordinate(longitude, latitude)) != Location.Exterior,
        };
    }

    byte Classify(IPreparedGeometry area, GeometryFactory factory, int column, int row)
    {
        var (width, height) = (_box.Width / Side, _box.Height / Side);
        var cell = factory.ToGeometry(new Envelope(_box.MinX + column * width, _box.MinX + (column + 1) * width, _box.MinY + row * height, _box.MinY + (row + 1) * height));
        return area.ContainsProperly(cell) ? Inside : area.Intersects(cell) ? Edge : Outside;
    }
}
