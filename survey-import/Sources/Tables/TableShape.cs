namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Which columns of a table hold the position: X and Y, or well-known text, or none (all -1). What a reader needs besides the layer's description.</summary>
readonly record struct TableShape(int X, int Y, int Wkt)
{
    public static TableShape None => new(-1, -1, -1);
    public bool IsPoint => X >= 0;
    public bool HasGeometry => X >= 0 || Wkt >= 0;
}
