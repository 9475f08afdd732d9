using CityOps.Gis.Tiling;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>Pictures of tiles on disk, <c>folder/map/zoom/x/y</c>, up to a number of bytes; the oldest go first. Deleting the folder loses nothing but time.</summary>
sealed class TileFolder(string folder, long mostBytes)
{
    readonly Lock _sizing = new();
    long? _bytes;

    /// <summary>A kept picture and when it was fetched.</summary>
    public async Task<(TilePicture Picture, DateTime FetchedAt)?> Find(string map, TileCoord tile, CancellationToken cancel)
    {
        var file = new FileInfo(PathOf(map, tile));
        try
        {
            return file.Exists && new TilePicture(await File.ReadAllBytesAsync(file.FullName, cancel)) is { ContentType: not null } picture ? (picture, file.LastWriteTimeUtc) : null;
        }
        catch (FileNotFoundException)
        {
            // Another request has just made room.
            return null;
        }
    }

    public async Task Keep(string map, TileCoord tile, TilePicture picture, CancellationToken cancel)
    {
        var path = PathOf(map, tile);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // A reader sees the whole picture or none.
        var aside = $"{path}.{Guid.NewGuid():N}";
        await File.WriteAllBytesAsync(aside, picture.Bytes, cancel);
        File.Move(aside, path, overwrite: true);
        lock (_sizing)
            if ((_bytes = (_bytes ?? All().Sum(file => file.Length) - picture.Bytes.Length) + picture.Bytes.Length) > mostBytes)
                _bytes = MakeRoom();
    }

    string PathOf(string map, TileCoord tile) => Path.Combine(folder, map, tile.ToString());

    IEnumerable<FileInfo> All() => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories);

    // A tenth is made free at once, so that this is not done for every tile.
    long MakeRoom()
    {
        var files = All().OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        var bytes = 0L;
        foreach (var file in files)
            if (bytes + file.Length > mostBytes * 9 / 10)
                file.Delete();
            else
                bytes += file.Length;
        return bytes;
    }
}
