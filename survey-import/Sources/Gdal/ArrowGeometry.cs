using Apache.Arrow;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>Turns an Arrow column of WKB into a geometry column; curves and surfaces are straightened by GDAL.</summary>
static class ArrowGeometry
{
    public static GeometryColumn Read(IArrowArray array, int start, int count)
    {
        var target = new GeometryColumn(count);
        for (var i = 0; i < count; i++)
        {
            target.IsEmpty[i] = true;
            var wkb = Bytes(array, start + i);
            if (!wkb.IsEmpty && !WkbReader.Read(wkb, target, i) && GdalLibrary.Straighten(wkb) is { } straight)
                WkbReader.Read(straight, target, i);
        }
        return target;
    }

    public static GeometryColumn None(int count)
    {
        var target = new GeometryColumn(count);
        System.Array.Fill(target.IsEmpty, true);
        System.Array.Fill(target.Kinds, GeometryKind.Any);
        return target;
    }

    static ReadOnlySpan<byte> Bytes(IArrowArray array, int row) => array.IsNull(row) ? default : array switch
    {
        LargeBinaryArray large => large.GetBytes(row),
        BinaryArray binary => binary.GetBytes(row),
        _ => default,
    };
}
