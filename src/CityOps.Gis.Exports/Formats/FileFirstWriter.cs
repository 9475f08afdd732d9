using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Formats;

/// <summary>
/// Lets a writer write into a file that is sent when it is complete: for formats whose libraries write without waiting here and there, which a web server does not allow.
/// </summary>
sealed class FileFirstWriter : IExportWriter
{
    readonly IExportWriter _writer;
    readonly FileStream _file;
    readonly Stream _target;

    FileFirstWriter(IExportWriter writer, FileStream file, Stream target) => (_writer, _file, _target) = (writer, file, target);

    public static async Task<FileFirstWriter> Create(string path, Stream target, Func<Stream, Task<IExportWriter>> create)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 18);
        return new(await create(file), file, target);
    }

    public ValueTask Add(ExportRow row, CancellationToken cancel) => _writer.Add(row, cancel);

    public async ValueTask End(CancellationToken cancel)
    {
        await _writer.End(cancel);
        _file.Position = 0;
        await _file.CopyToAsync(_target, 1 << 18, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _file.DisposeAsync();
    }
}
