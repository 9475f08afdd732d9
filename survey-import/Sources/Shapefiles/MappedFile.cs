using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>A file in the process's address space, read-only; spans over it are valid until it is disposed.</summary>
sealed unsafe partial class MappedFile : IDisposable
{
    readonly MemoryMappedFile? _file;
    readonly MemoryMappedViewAccessor? _view;
    readonly byte* _start;

    public MappedFile(string path)
    {
        Length = new FileInfo(path).Length;
        if (Length == 0)
            return;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public long Length { get; }

    public ReadOnlySpan<byte> Span(long offset, int count)
        => offset >= 0 && count >= 0 && offset + count <= Length ? new(_start + offset, count) : throw new ArgumentOutOfRangeException(nameof(offset));

    /// <summary>Gives back the memory of the pages read so far (madvise(2), MADV_DONTNEED); a later span reads them again.</summary>
    public void Forget()
    {
        if (_start is not null)
            _ = Advise(_start, (nuint)Length, DontNeed);
    }

    public void Dispose()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    const int DontNeed = 4;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
