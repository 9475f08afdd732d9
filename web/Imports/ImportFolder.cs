using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.Web.Imports;

/// <summary>Where uploaded files lie: a folder for each delivery, called by a number of its own.</summary>
public sealed class ImportFolder(ImportOptions options)
{
    /// <summary>Name for the folder of a new delivery.</summary>
    public static string NewName() => Guid.NewGuid().ToString("N");

    /// <param name="path">Safe path within the delivery, see <see cref="SafePath"/>.</param>
    public string FileOf(string folder, string path) => Path.Combine(PathOf(folder), path);

    public string PathOf(string folder) => Path.Combine(options.Folder, folder);

    /// <summary>What the importer is to open: the file where there is one only, else the folder; null where the files are gone.</summary>
    public string? DeliveryOf(ImportJob job)
    {
        if (job.Folder is not { } folder || !Directory.Exists(PathOf(folder)))
            return null;
        var files = Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories).Take(2).ToList();
        return files is [var only] ? only : PathOf(folder);
    }

    public void Delete(string folder)
    {
        if (Directory.Exists(PathOf(folder)))
            Directory.Delete(PathOf(folder), recursive: true);
    }

    /// <summary>Bytes that are free where uploads go.</summary>
    public long FreeBytes()
    {
        PrivateFolder.Make(options.Folder);
        return new DriveInfo(options.Folder).AvailableFreeSpace;
    }
}
