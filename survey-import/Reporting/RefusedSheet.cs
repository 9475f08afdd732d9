using CityOps.Gis.SurveyImport.Sources.Tables;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Refused rows as a table of texts that the table readers find the positions in again.</summary>
/// <param name="Rows">One to one with the columns; read as somebody goes through them.</param>
sealed record RefusedSheet(IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<string?>> Rows)
{
    const string Longitude = "经度", Latitude = "纬度", Wkt = "WKT";

    /// <summary>False for lines and polygons beside columns that would be taken for positions: who reads the table again would make points of them.</summary>
    public static bool CanHold(RefusedTable table) => Added(table) is not [Wkt] || !TableGeometry.Find(table.Columns, [.. table.Sample]).IsPoint;

    public static RefusedSheet Of(RefusedTable table)
    {
        var added = Added(table);
        return new(
            [.. table.Columns, .. added, QuarantineFile.Reasons],
            table.Rows.Select(row => (IReadOnlyList<string?>)[.. row.Values, .. Place(row.GeoJson is { } json ? GeometryText.Of(json) : null, added), row.Codes]));
    }

    // Delivered columns of these very names hold the place already.
    static string[] Added(RefusedTable table)
    {
        string[] added = table.IsPoints ? [Longitude, Latitude] : [Wkt];
        return !table.HasGeometry || added.Any(column => table.Columns.Contains(column, StringComparer.OrdinalIgnoreCase)) ? [] : added;
    }

    static string?[] Place(GeometryText? geometry, string[] added) => added switch
    {
        [] => [],
        [_] => [geometry?.Wkt],
        _ => [geometry?.Position?.X, geometry?.Position?.Y],
    };
}
