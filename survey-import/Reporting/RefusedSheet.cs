using System.Data;
using CityOps.Gis.SurveyImport.Sources.Tables;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Refused rows as a table of texts that the table readers find the positions in again.</summary>
static class RefusedSheet
{
    const string Longitude = "经度", Latitude = "纬度", Wkt = "WKT";

    /// <exception cref="ArgumentException">Lines or polygons, beside columns that would be taken for positions.</exception>
    public static DataTable Of(RefusedTable table, string name)
    {
        var geometries = table.Rows.Select(row => row.GeoJson is { } json ? GeometryText.Of(json) : null).ToList();
        // Delivered columns of these very names hold the place already.
        var isPoints = geometries.All(one => one is null or { Position: not null });
        string[] added = isPoints ? [Longitude, Latitude] : [Wkt];
        if (geometries.All(one => one is null) || added.Any(column => table.Columns.Contains(column, StringComparer.OrdinalIgnoreCase)))
            added = [];
        if (added is [Wkt] && TableGeometry.Find(table.Columns, [.. table.Rows.Select(row => row.Values.ToArray())]).IsPoint)
            throw new ArgumentException("Lines and polygons with coordinate columns of their own cannot be told apart in a table; write them as .geojson.", nameof(table));
        var sheet = Workbooks.Sheet(name, [.. table.Columns, .. added, QuarantineFile.Reasons]);
        for (var at = 0; at < table.Rows.Count; at++)
            sheet.Rows.Add([.. table.Rows[at].Values, .. Place(geometries[at], added), table.Rows[at].Codes]);
        return sheet;
    }

    static string?[] Place(GeometryText? geometry, string[] added) => added switch
    {
        [] => [],
        [_] => [geometry?.Wkt],
        _ => [geometry?.Position?.X, geometry?.Position?.Y],
    };
}
