using System.Diagnostics.CodeAnalysis;

namespace CityOps.Gis.Exports;

/// <summary>What is known of each format: the name by which it is asked for, the ending of its files, its media type.</summary>
public static class ExportFormats
{
    /// <param name="Name">In URLs, and the ending of a file on the command line.</param>
    /// <param name="Ending">Of the file that is written.</param>
    /// <param name="BytesPerValue">Roughly, for the estimate of a preview: what one value takes in a file of the format.</param>
    public sealed record Facts(ExportFormat Format, string Name, string Ending, string MediaType, int BytesPerValue);

    static readonly Facts[] All =
    [
        new(ExportFormat.GeoJson, "geojson", ".geojson", "application/geo+json", 28),
        new(ExportFormat.GeoJsonSeq, "geojsons", ".geojsons", "application/geo+json-seq", 28),
        new(ExportFormat.GeoJsonLines, "geojsonl", ".geojsonl", "application/x-ndjson", 28),
        new(ExportFormat.Csv, "csv", ".csv", "text/csv", 12),
        new(ExportFormat.Excel, "xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 7),
        new(ExportFormat.GeoPackage, "gpkg", ".gpkg", "application/geopackage+sqlite3", 18),
        new(ExportFormat.Shapefile, "shp", ".zip", "application/zip", 4),
        new(ExportFormat.FlatGeobuf, "fgb", ".fgb", "application/flatgeobuf", 22),
        new(ExportFormat.Parquet, "parquet", ".parquet", "application/vnd.apache.parquet", 4),
    ];

    /// <summary>The names, in the order in which they are offered.</summary>
    public static IEnumerable<string> Names => All.Select(one => one.Name);

    public static Facts Of(ExportFormat format) => All[(int)format];

    /// <summary>A format by its name, or by the ending of a file without its point.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Facts? facts)
    {
        facts = All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || one.Ending[1..].Equals(name, StringComparison.OrdinalIgnoreCase));
        return facts is not null;
    }
}
