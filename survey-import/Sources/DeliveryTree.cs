using CityOps.Gis.PostGis;
using CityOps.Gis.SurveyImport.Sources.Archives;
using CityOps.Gis.SurveyImport.Sources.Shapefiles;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>All files of a delivery, archives unpacked (zips in zips one level), and the work folder they lie in.</summary>
sealed class DeliveryTree(DeliveryOptions options) : IDisposable
{
    const int MaxDepth = 2;
    readonly UnpackBudget _budget = new(options.MaxUnpackedBytes, options.MaxEntries);
    string? _workFolder;
    int _unpacked;

    public string Root { get; private set; } = "";
    public List<DeliveryFile> Files { get; } = [];
    public List<SourceFault> Faults { get; } = [];

    /// <summary>The one file that was asked for, when a single file is opened; its neighbours are only companions.</summary>
    public string? Only { get; private set; }

    public void Collect(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        Root = full;
        if (Directory.Exists(full))
            AddFolder(full, IsGeodatabase(full) ? Path.GetFileName(full) + "/" : "", depth: 0);
        else if (!File.Exists(full))
            throw new SourceException(Sources.Faults.PathMissing(path));
        else if (full.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            Unzip(new(full, Path.GetFileName(full)), "", depth: 0);
        else
            AddSingle(full);
    }

    /// <summary>A fresh folder under the work folder.</summary>
    public string NewFolder()
    {
        _workFolder ??= PrivateFolder.Make(Path.Combine(options.WorkFolder ?? Path.GetTempPath(), $"cityops-delivery-{Guid.NewGuid():N}"));
        return Directory.CreateDirectory(Path.Combine(_workFolder, $"{++_unpacked}")).FullName;
    }

    public void Dispose()
    {
        if (_workFolder is not null && Directory.Exists(_workFolder))
            Directory.Delete(_workFolder, recursive: true);
    }

    static bool IsGeodatabase(string folder) => File.Exists(Path.Combine(folder, "a00000001.gdbtable"));

    void AddFolder(string folder, string prefix, int depth)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };
        foreach (var path in Directory.EnumerateFiles(folder, "*", everything).Order(StringComparer.Ordinal))
            if (Path.GetRelativePath(folder, path).Replace('\\', '/') is var name && !DeliveryFile.IsJunk(name))
                Add(new(path, prefix + name), depth);
    }

    void AddSingle(string path)
    {
        var neighbours = Directory.EnumerateFiles(Path.GetDirectoryName(path)!).ToArray();
        var stem = Path.ChangeExtension(path, null);
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (ShapefileParts.Companions.Contains(extension)
            && neighbours.FirstOrDefault(n => n.Equals(stem + ".shp", StringComparison.OrdinalIgnoreCase)) is { } shp)
            (path, extension) = (shp, ".shp");
        Only = path;
        Add(new(path, Path.GetFileName(path)), depth: 0);
        foreach (var neighbour in neighbours.Order(StringComparer.Ordinal))
            if (neighbour != path && neighbour.StartsWith(stem, StringComparison.OrdinalIgnoreCase)
                && FormatNames.CompanionsOf(extension).Contains(neighbour[stem.Length..].ToLowerInvariant()))
                Files.Add(new(neighbour, Path.GetFileName(neighbour)));
    }

    void Add(DeliveryFile file, int depth)
    {
        if (file.Extension == ".zip")
            Unzip(file, file.Name + "/", depth);
        else if (file.Extension == ".gz" && !file.Name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase))
            Gunzip(file);
        else
            AddUnpacked(file);
    }

    // Files that are archives within, for a library that opens them itself, are opened or weighed here.
    void AddUnpacked(DeliveryFile file)
    {
        if (file.Extension == ".kmz" && FileMagic.Of(file.Path) == "a zip archive")
            OpenKmz(file);
        else if (FormatNames.IsWorkbook(file.Extension) && ZipUnpacker.TooBig(file, _budget) is { } fault)
            Faults.Add(fault);
        else
            Files.Add(file);
    }

    void Unzip(DeliveryFile zip, string prefix, int depth)
    {
        if (depth >= MaxDepth)
        {
            Faults.Add(Sources.Faults.ZipTooDeep(zip.Name));
            return;
        }
        var folder = NewFolder();
        var faults = ZipUnpacker.Unpack(zip, folder, _budget);
        Faults.AddRange(faults);
        if (!faults.Any(f => f.Code is "ZIP_TOO_BIG" or "ZIP_BROKEN"))
            AddFolder(folder, prefix, depth + 1);
        else
            Directory.Delete(folder, recursive: true);
    }

    // Opened here and not by GDAL, so that it is bounded as other archives are. One document goes by the name of its archive; pictures and models are no data.
    void OpenKmz(DeliveryFile kmz)
    {
        var folder = NewFolder();
        var faults = ZipUnpacker.Unpack(kmz, folder, _budget);
        Faults.AddRange(faults);
        if (faults.Any(f => f.Code is "ZIP_TOO_BIG" or "ZIP_BROKEN"))
        {
            Directory.Delete(folder, recursive: true);
            return;
        }
        string[] documents = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(one => one.EndsWith(".kml", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        if (documents.Length == 0)
            Faults.Add(Sources.Faults.NoLayers(kmz.Name));
        foreach (var document in documents)
            Files.Add(new(document, documents.Length == 1 ? kmz.Name : $"{kmz.Name}/{Path.GetRelativePath(folder, document)}"));
        Only = Only == kmz.Path ? null : Only;
    }

    void Gunzip(DeliveryFile gz)
    {
        var target = Path.Combine(NewFolder(), Path.GetFileNameWithoutExtension(gz.Path));
        if (GzipUnpacker.Unpack(gz, target, _budget) is { } fault)
        {
            Faults.Add(fault);
            return;
        }
        // The name keeps its .gz: it is what the person who looks for the file sees.
        Only = Only == gz.Path ? target : Only;
        AddUnpacked(new(target, gz.Name));
    }
}
