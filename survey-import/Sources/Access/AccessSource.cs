using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources.Access;

/// <summary>
/// Finds the layers of a personal geodatabase (个人地理数据库): an Access file in which ArcGIS lists its feature classes in <c>GDB_GeomColumns</c> and their reference
/// systems in <c>GDB_SpatialRefs</c>. Tables without geometry are layers without geometry.
/// </summary>
static class AccessSource
{
    const string GeometryColumns = "GDB_GeomColumns";

    /// <exception cref="SourceException">The file cannot be read or is no geodatabase.</exception>
    public static IReadOnlyList<(SourceLayer Layer, AccessTable Table)> Describe(DeliveryFile file, List<SourceFault> faults)
    {
        CheckMagic(file);
        var tables = MdbTools.Output(file, "mdb-tables", "-1", "--", file.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!tables.Contains(GeometryColumns))
            throw new SourceException(Faults.NoGeodatabase(file.Name));
        var (classes, systems) = (Rows(file, GeometryColumns), Systems(file));
        faults.AddRange(classes.Select(row => row["TableName"]!).Except(tables, StringComparer.OrdinalIgnoreCase).Select(table => Faults.ClassMissing(file.Name, table)));
        return [.. from table in tables
                   where !IsPrivate(table)
                   select Describe(file, table, classes.FirstOrDefault(row => string.Equals(row["TableName"], table, StringComparison.OrdinalIgnoreCase)), systems)];
    }

    static void CheckMagic(DeliveryFile file)
    {
        if (FileMagic.Of(file.Path) is var kind && kind != "an Access database")
            throw new SourceException(kind == "an empty file" ? Faults.Empty(file.Name) : Faults.Other(file.Name, "Access", kind ?? "something else"));
        if (!MdbTools.IsInstalled)
            throw new SourceException(Faults.MdbToolsMissing(file.Name));
    }

    // Spatial indexes and what Access and ArcGIS keep for themselves.
    static bool IsPrivate(string table)
        => table.StartsWith("GDB_", StringComparison.OrdinalIgnoreCase) || table.StartsWith("MSys", StringComparison.OrdinalIgnoreCase)
            || table.EndsWith("_Shape_Index", StringComparison.OrdinalIgnoreCase) || table is "Selections" or "SelectedObjects";

    static (SourceLayer, AccessTable) Describe(DeliveryFile file, string table, Dictionary<string, string?>? geometry, Dictionary<string, string?> systems)
    {
        var columns = AccessColumns.Of(file, table);
        var shape = Array.FindIndex(columns, column => string.Equals(column.Name, geometry?["FieldName"], StringComparison.OrdinalIgnoreCase));
        return (new()
        {
            File = file.Name,
            Name = table,
            Format = "Personal geodatabase",
            Columns = [.. columns.Where((_, i) => i != shape)],
            Geometry = shape < 0 ? null : Kind(geometry!["ShapeType"]),
            HasZ = geometry?["HasZ"] == "1",
            HasM = geometry?["HasM"] == "1",
            RowCount = long.Parse(MdbTools.Output(file, "mdb-count", "--", file.Path, table), CultureInfo.InvariantCulture),
            DeclaredCrs = geometry is null ? null : systems.GetValueOrDefault(geometry["SRID"] ?? ""),
            EncodingEvidence = [new("Access 以 Unicode 保存文字。", "Access keeps its texts in Unicode.")],
            Extent = geometry is null ? null : Extent(geometry),
        }, new(table, shape));
    }

    // ESRI's numbers of geometry types; 2 = several points, 9 = patches of a surface.
    static GeometryKind Kind(string? type) => type switch
    {
        "1" or "2" => GeometryKind.Point,
        "3" => GeometryKind.Line,
        "4" or "9" => GeometryKind.Polygon,
        _ => GeometryKind.Any,
    };

    static (double, double, double, double)? Extent(Dictionary<string, string?> geometry)
        => Number(geometry["ExtentLeft"]) is { } west && Number(geometry["ExtentBottom"]) is { } south && Number(geometry["ExtentRight"]) is { } east
            && Number(geometry["ExtentTop"]) is { } north && west <= east && south <= north ? (west, south, east, north) : null;

    static double? Number(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Reference systems as WKT by number; what ESRI marks as unknown is left out.</summary>
    static Dictionary<string, string?> Systems(DeliveryFile file)
        => Rows(file, "GDB_SpatialRefs").Where(row => row["SRTEXT"] is { } text && text.Contains("CS[", StringComparison.Ordinal))
            .ToDictionary(row => row["SRID"] ?? "", row => row["SRTEXT"]);

    /// <summary>A small table, each row by its columns' names.</summary>
    static List<Dictionary<string, string?>> Rows(DeliveryFile file, string table)
    {
        using var rows = new AccessRows(file, table, withBinary: false);
        var (names, found) = (rows.Next() ?? [], new List<Dictionary<string, string?>>());
        while (rows.Next() is { } cells)
            found.Add(names.Zip(cells).ToDictionary(cell => cell.First ?? "", cell => cell.Second, StringComparer.OrdinalIgnoreCase));
        return found;
    }
}
