using System.IO.MemoryMappedFiles;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A file mapped for reading. Spans into it do not keep it alive, so it is never let go by itself: whoever opened it disposes it when the last reader of its
/// snapshot is done. Its pages are clean; the kernel takes them back when it needs them.
/// </summary>
sealed unsafe class MappedSnapshot : IDisposable
{
    readonly MemoryMappedFile _file;
    readonly MemoryMappedViewAccessor _view;
    byte* _start;

    public MappedSnapshot(string path)
    {
        Length = new FileInfo(path).Length;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public long Length { get; }
    public byte* Start => _start + _view.PointerOffset;

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
