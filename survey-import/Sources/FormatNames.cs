using CityOps.Gis.SurveyImport.Sources.Shapefiles;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Which extensions are which format, and which files only accompany another.</summary>
static class FormatNames
{
    static readonly Dictionary<string, string[]> Companions = new()
    {
        [".shp"] = ShapefileParts.Companions,
        [".tab"] = [".dat", ".map", ".id", ".ind", ".dbf"],
        [".mif"] = [".mid"],
        [".gpkg"] = [".gpkg-wal", ".gpkg-shm", ".gpkg-journal"],
        [".sqlite"] = [".sqlite-wal", ".sqlite-shm", ".sqlite-journal"],
        [".csv"] = [".csvt"],
        [".mdb"] = [".ldb"],
        [".accdb"] = [".laccdb"],
    };

    public static string[] CompanionsOf(string extension) => Companions.GetValueOrDefault(extension, []);

    /// <summary>Format in words and the GDAL drivers that may read it, or null when GDAL is not asked.</summary>
    public static (string Format, string[] Drivers)? Gdal(string extension) => extension switch
    {
        ".gdb" => ("FileGDB", ["OpenFileGDB"]),
        ".gpkg" => ("GeoPackage", ["GPKG"]),
        ".geojson" or ".json" or ".topojson" => ("GeoJSON", ["GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRIJSON"]),
        ".geojsonl" or ".geojsons" or ".ndjson" => ("GeoJSONSeq", ["GeoJSONSeq", "GeoJSON"]),
        ".kml" => ("KML", ["LIBKML", "KML"]),
        ".kmz" => ("KMZ", ["LIBKML"]),
        ".tab" => ("MapInfo TAB", ["MapInfo File"]),
        ".mif" => ("MapInfo MIF", ["MapInfo File"]),
        ".dxf" => ("DXF", ["DXF"]),
        ".fgb" => ("FlatGeobuf", ["FlatGeobuf"]),
        ".sqlite" or ".db" or ".spatialite" => ("SQLite", ["SQLite", "GPKG"]),
        ".gml" => ("GML", ["GML"]),
        _ => null,
    };

    public static bool IsText(string extension) => extension is ".csv" or ".tsv" or ".txt";

    public static bool IsAccess(string extension) => extension is ".mdb" or ".accdb";

    public static bool IsWorkbook(string extension) => extension is ".xlsx" or ".xlsm" or ".xlsb" or ".xls";
}
