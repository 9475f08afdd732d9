using CityOps.Gis.SurveyImport.Sources.Tables;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Refused rows as a table of texts that the table readers find the positions in again.</summary>
/// <param name="Rows">One to one with the columns; read as somebody goes through them.</param>
sealed record RefusedSheet(IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<string?>> Rows)
{
    const string Longitude = "经度", Latitude = "纬度", Wkt = "WKT";

    /// <exception cref="ArgumentException">Lines or polygons, beside columns that would be taken for positions.</exception>
    public static RefusedSheet Of(RefusedTable table)
    {
        // Delivered columns of these very names hold the place already.
        string[] added = table.IsPoints ? [Longitude, Latitude] : [Wkt];
        if (!table.HasGeometry || added.Any(column => table.Columns.Contains(column, StringComparer.OrdinalIgnoreCase)))
            added = [];
        if (added is [Wkt] && TableGeometry.Find(table.Columns, [.. table.Sample]).IsPoint)
            throw new ArgumentException("Lines and polygons with coordinate columns of their own cannot be told apart in a table; write them as .geojson.", nameof(table));
        return new(
            [.. table.Columns, .. added, QuarantineFile.Reasons],
            table.Rows.Select(row => (IReadOnlyList<string?>)[.. row.Values, .. Place(row.GeoJson is { } json ? GeometryText.Of(json) : null, added), row.Codes]));
    }

    static string?[] Place(GeometryText? geometry, string[] added) => added switch
    {
        [] => [],
        [_] => [geometry?.Wkt],
        _ => [geometry?.Position?.X, geometry?.Position?.Y],
    };
}
