using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>Finds the layers of a file that GDAL reads, each with its own fields and reference system.</summary>
static class GdalSource
{
    const int Boolean = 1;

    /// <exception cref="SourceException">The file cannot be opened or holds no layer.</exception>
    public static IReadOnlyList<(SourceLayer Layer, Func<IFeatureReader> Open)> Describe(DeliveryFile file, string extension, List<SourceFault> faults)
    {
        var (format, drivers) = FormatNames.Gdal(extension)!.Value;
        CheckMagic(file, extension, format);
        if (!GdalLibrary.IsInstalled)
            throw new SourceException(Faults.GdalMissing(file.Name));
        var dataset = GdalLibrary.Open(file.Path, drivers);
        if (dataset == 0)
            throw new SourceException(Faults.GdalRefuses(file.Name, Said(file)));
        try
        {
            return Layers(file, format, drivers, dataset, faults);
        }
        finally
        {
            GdalLibrary.GDALClose(dataset);
        }
    }

    static void CheckMagic(DeliveryFile file, string extension, string format)
    {
        if (extension == ".gdb")
            return;
        var kind = FileMagic.Of(file.Path);
        if (kind == "an empty file")
            throw new SourceException(Faults.Empty(file.Name));
        var isSqlite = extension is ".gpkg" or ".sqlite" or ".db" or ".spatialite";
        if (isSqlite ? kind != "an SQLite database" : kind is not (null or "XML" or "FlatGeobuf") && (kind, extension) != ("a zip archive", ".kmz"))
            throw new SourceException(Faults.Other(file.Name, format, kind ?? "something else"));
        if (extension == ".dxf" && Drawing.Fault(file) is { } fault)
            throw new SourceException(fault);
    }

    static List<(SourceLayer, Func<IFeatureReader>)> Layers(
        DeliveryFile file, string format, string[] drivers, nint dataset, List<SourceFault> faults)
    {
        var count = GdalLibrary.GDALDatasetGetLayerCount(dataset);
        if (count == 0)
            throw new SourceException(GdalLibrary.LastError is null ? Faults.NoLayers(file.Name) : Faults.GdalRefuses(file.Name, Said(file)));
        var names = UniqueNames.Of(Enumerable.Range(0, count).Select(i => GdalLibrary.Text(GdalLibrary.OGR_L_GetName(GdalLibrary.GDALDatasetGetLayer(dataset, i)))));
        var found = new List<(SourceLayer, Func<IFeatureReader>)>();
        for (var i = 0; i < count; i++)
        {
            var (index, layer) = (i, Describe(file, format, names[i], GdalLibrary.GDALDatasetGetLayer(dataset, i)));
            // A table that the driver cannot open shows as one without fields, rows and geometry.
            if (layer is { Columns.Count: 0, Geometry: null })
                faults.Add(Faults.GdalRefuses($"{file.Name}/{layer.Name}", Said(file)));
            else
                found.Add((layer, () => new GdalReader(file, layer, drivers, index)));
        }
        return found;
    }

    static SourceLayer Describe(DeliveryFile file, string format, string name, nint layer)
    {
        var type = GdalLibrary.OGR_L_GetGeomType(layer);
        return new()
        {
            File = file.Name,
            Name = name,
            Format = format,
            Columns = Columns(GdalLibrary.OGR_L_GetLayerDefn(layer)),
            Geometry = Kind(type),
            HasZ = Has(type, 1),
            HasM = Has(type, 2),
            RowCount = GdalLibrary.OGR_L_GetFeatureCount(layer, 1) is >= 0 and var rows ? rows : null,
            DeclaredCrs = Kind(type) is null ? null : GdalLibrary.ReferenceSystem(layer),
            EncodingEvidence =
            [
                new("文字由 GDAL 按格式声明的编码解码；解码后仍不是 UTF-8 的，按 GBK 读取。",
                    "GDAL decodes the texts as the format declares them; texts that are then no UTF-8 are read as GBK."),
            ],
            Extent = Extent(layer),
        };
    }

    static SourceColumn[] Columns(nint definition)
    {
        var fields = Enumerable.Range(0, GdalLibrary.OGR_FD_GetFieldCount(definition)).Select(i => GdalLibrary.OGR_FD_GetFieldDefn(definition, i)).ToArray();
        var names = UniqueNames.Of(fields.Select(f => GdalLibrary.Text(GdalLibrary.OGR_Fld_GetNameRef(f))));
        return [.. fields.Select((f, i) => new SourceColumn(names[i], TypeOf(f), GdalLibrary.OGR_Fld_GetWidth(f) is > 0 and var width ? width : null))];
    }

    // Numbers of OGRFieldType.
    static SourceColumnType TypeOf(nint field) => GdalLibrary.OGR_Fld_GetType(field) switch
    {
        0 when GdalLibrary.OGR_Fld_GetSubType(field) == Boolean => SourceColumnType.Boolean,
        0 or 12 => SourceColumnType.Integer,
        2 => SourceColumnType.Real,
        9 => SourceColumnType.Date,
        11 => SourceColumnType.Timestamp,
        _ => SourceColumnType.Text,
    };

    // Numbers of OGRwkbGeometryType: 100 = no geometry, thousands and the high bit for Z and M.
    static GeometryKind? Kind(uint type) => ((type & 0x7FFFFFFF) % 1000) switch
    {
        100 => null,
        1 or 4 => GeometryKind.Point,
        2 or 5 or 8 or 9 or 11 or 13 => GeometryKind.Line,
        3 or 6 or 10 or 12 or 14 or 15 or 16 or 17 => GeometryKind.Polygon,
        _ => GeometryKind.Any,
    };

    static bool Has(uint type, uint dimension)
        => (type & 0x7FFFFFFF) / 1000 is var thousands && (thousands == dimension || thousands == 3 || (dimension == 1 && (type & 0x80000000) != 0));

    static unsafe (double, double, double, double)? Extent(nint layer)
    {
        var box = stackalloc double[4];
        return GdalLibrary.OGR_L_GetExtent(layer, box, 0) == 0 ? (box[0], box[2], box[1], box[3]) : null;
    }

    // GDAL's sentences name the file by its path on this machine.
    internal static string Said(DeliveryFile file) => (GdalLibrary.LastError ?? "no reason given").Replace(file.Path, file.Name, StringComparison.Ordinal);
}
