using CityOps.Gis.SurveyImport.Sources.Access;
using CityOps.Gis.SurveyImport.Sources.Gdal;
using CityOps.Gis.SurveyImport.Sources.Shapefiles;
using CityOps.Gis.SurveyImport.Sources.Tables;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Looks at each file of a delivery: it becomes layers, belongs to another file, or gets a sentence saying why it is not read.</summary>
sealed class LayerFinder(DeliveryTree tree, string? encoding)
{
    readonly HashSet<string> _companions = [];

    public List<SourceLayer> Layers { get; } = [];
    public Dictionary<(string File, string Name), Func<IFeatureReader>> Openers { get; } = [];
    public List<SourceFault> Faults { get; } = [];

    public void Find()
    {
        var geodatabases = tree.Files.Where(f => Path.GetFileName(f.Path) == "a00000001.gdbtable").ToDictionary(f => f.Folder, f => f.Name);
        foreach (var (folder, name) in geodatabases)
            TryRead(() => AddGdal(new(GeodatabaseFolder(folder), Path.GetDirectoryName(name) is { Length: > 0 } inside ? inside : Path.GetFileName(tree.Root)), ".gdb"));
        var files = tree.Files.Where(f => !geodatabases.ContainsKey(f.Folder)).ToArray();
        foreach (var byFolder in files.GroupBy(f => f.Folder))
            FindIn([.. byFolder]);
    }

    void FindIn(DeliveryFile[] files)
    {
        foreach (var main in files)
            foreach (var companion in FormatNames.CompanionsOf(main.Extension))
                _companions.UnionWith(files.Where(f => IsCompanion(f, main, companion)).Select(f => f.Path));
        foreach (var file in files)
            if (!_companions.Contains(file.Path) && (tree.Only is null || tree.Only == file.Path))
                TryRead(() => Add(file, files));
    }

    static bool IsCompanion(DeliveryFile file, DeliveryFile main, string extension)
        => file.Path != main.Path && file.Path.Equals(Path.ChangeExtension(main.Path, null) + extension, StringComparison.OrdinalIgnoreCase);

    void TryRead(Action read)
    {
        try
        {
            read();
        }
        catch (SourceException refused)
        {
            Faults.Add(refused.Fault);
        }
    }

    void Add(DeliveryFile file, DeliveryFile[] neighbours)
    {
        var extension = file.Extension;
        if (extension == ".shp")
            AddShapefile(file, neighbours);
        else if (FormatNames.Gdal(extension) is not null)
            AddGdal(file, extension);
        else if (FormatNames.IsAccess(extension))
            foreach (var found in AccessSource.Describe(file, Faults))
                Add(found, (layer, table) => new AccessReader(file, layer, table));
        else if (FormatNames.IsText(extension))
            Add(TextTable.Describe(file, encoding), (layer, shape) => new TextTableReader(file, layer, shape));
        else if (FormatNames.IsWorkbook(extension))
            foreach (var sheet in Workbook.Describe(file))
                Add(sheet, (layer, shape) => new WorkbookReader(file, layer, shape));
        else
            throw new SourceException(WhyNot(file, extension, neighbours));
    }

    void AddShapefile(DeliveryFile file, DeliveryFile[] neighbours)
    {
        var parts = ShapefileParts.Of(file.Path, file.Name, neighbours.Select(f => f.Path));
        var layer = ShapefileSource.Describe(parts, encoding);
        Add(layer, () => new ShapefileReader(parts, layer));
    }

    void AddGdal(DeliveryFile file, string extension)
    {
        foreach (var (layer, open) in GdalSource.Describe(file, extension, Faults))
            Add(layer, open);
    }

    void Add<TShape>((SourceLayer Layer, TShape Shape) found, Func<SourceLayer, TShape, IFeatureReader> open)
        => Add(found.Layer, () => open(found.Layer, found.Shape));

    void Add(SourceLayer layer, Func<IFeatureReader> open)
    {
        Layers.Add(layer);
        Openers.Add((layer.File, layer.Name), open);
    }

    // GDAL knows a file geodatabase by its folder's name, which an archive may have dropped.
    string GeodatabaseFolder(string folder)
    {
        if (folder.EndsWith(".gdb", StringComparison.OrdinalIgnoreCase))
            return folder;
        var link = Path.Combine(tree.NewFolder(), "named.gdb");
        Directory.CreateSymbolicLink(link, folder);
        return link;
    }

    static SourceFault WhyNot(DeliveryFile file, string extension, DeliveryFile[] neighbours) => extension switch
    {
        ".dbf" => Sources.Faults.DbfWithoutShp(file.Name),
        ".shx" or ".sbn" when !neighbours.Any(n => IsCompanion(n, file, ".dbf")) => Sources.Faults.ShpMissing(file.Name),
        ".rar" or ".7z" or ".tar" or ".gz" or ".tgz" => Sources.Faults.Unsupported(file.Name, "其他格式的压缩包", "an archive of another kind", "改为 zip 打包", "pack it as zip"),
        ".dwg" => Sources.Faults.Unsupported(file.Name, " AutoCAD 图纸", "an AutoCAD drawing", "另存为 DXF", "save it as DXF"),
        ".pbf" or ".osm" => Sources.Faults.Unsupported(file.Name, " OpenStreetMap 数据", "OpenStreetMap data", "转为 GeoPackage", "convert it to GeoPackage"),
        ".gdbtable" or ".gdbtablx" => Sources.Faults.Unsupported(
            file.Name, "不完整的文件地理数据库的一部分", "part of an incomplete file geodatabase", "交付完整的 .gdb 文件夹", "deliver the whole .gdb folder"),
        _ => Sources.Faults.NotData(file.Name),
    };
}
