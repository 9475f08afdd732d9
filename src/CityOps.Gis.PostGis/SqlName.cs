namespace CityOps.Gis.PostGis;

/// <summary>Names in SQL statements; values are always parameters, names go through here.</summary>
public static class SqlName
{
    /// <summary>The name in double quotes, quotes in it doubled (SQL:2016 delimited identifier).</summary>
    public static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>The table of a layer: <c>gis."components"</c>.</summary>
    public static string Table(string layerId) => "gis." + Quote(layerId);

    public static string History(string layerId) => "gis." + Quote(layerId + "_history");

    /// <summary>The value as a string literal, for statements that take no parameters (DDL).</summary>
    public static string Literal(string value) => '\'' + value.Replace("'", "''", StringComparison.Ordinal) + '\'';
}
