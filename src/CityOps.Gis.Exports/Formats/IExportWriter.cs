using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Formats;

/// <summary>Writes the rows of an export in one format: all rows, then the end once. Disposing it without the end leaves an incomplete file and frees what it held.</summary>
interface IExportWriter : IAsyncDisposable
{
    ValueTask Add(ExportRow row, CancellationToken cancel);

    /// <summary>Writes what follows the last row and sends everything that is still held.</summary>
    ValueTask End(CancellationToken cancel);
}
