using System.Diagnostics;
using CityOps.Gis.Crs;
using CityOps.Gis.Exports.Formats;
using CityOps.Gis.Exports.GeoPackages;
using CityOps.Gis.Exports.Shapefiles;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Exports;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Exports;

/// <summary>One export that can be made: its rows as of one moment, its columns, its record. Written once.</summary>
public sealed class Export : IAsyncDisposable
{
    readonly ExportRequest _request;
    readonly ExportReader _reader;
    readonly ExportRecords _records;
    readonly ExportOptions _options;
    readonly IReadOnlyList<ExportColumn> _columns;
    readonly IReadOnlyList<DbfColumn> _dbf;
    string? _folder;

    Export(ExportRequest request, ExportReader reader, ExportRecords records, ExportOptions options, IReadOnlyList<ExportColumn> columns, IReadOnlyList<DbfColumn> dbf)
        => (_request, _reader, _records, _options, _columns, _dbf) = (request, reader, records, options, columns, dbf);

    public string FileName => _request.Question.Layer.Id + ExportFormats.Of(_request.Format).Ending;

    internal static async Task<Export> Prepare(ExportRequest request, ExportReader reader, ExportRecords records, ExportOptions options, CancellationToken cancel)
    {
        var isShapefile = request.Format == ExportFormat.Shapefile;
        var columns = FieldNaming.Columns(request.Question.Layer, request.Naming, isShapefile ? request.Encoding : null);
        // A table has its coordinates beside the fields; two pairs would be taken for one another.
        if (request.Format is ExportFormat.Csv or ExportFormat.Excel)
            columns = [.. columns.Where(column => column.IsStored)];
        return new(request, reader, records, options, columns, isShapefile ? await DbfColumns(reader, columns, cancel) : []);
    }

    /// <summary>Writes the file; the record of it says how far it came, whatever happens.</summary>
    /// <param name="who">Who asked for it.</param>
    /// <returns>Rows and bytes.</returns>
    /// <exception cref="ExportRefusedException">The format cannot hold what there is, which shows only now.</exception>
    public async Task<(long Rows, long Bytes)> Write(Stream target, string who, CancellationToken cancel = default)
    {
        var (asked, counted) = (Stopwatch.GetTimestamp(), new CountedStream(target));
        var question = _request.Question;
        var record = await _records.Begin(who, question.Layer.Id, FeatureQueryText.Format(question.Query), ExportFormats.Of(_request.Format).Name, _request.Options, cancel);
        var (rows, isFinished) = (0L, false);
        try
        {
            await using var writer = await Writer(counted, cancel);
            await using var source = await _reader.Rows(_columns, _request.Crs.IsGeographic ? null : CoordinateTransform.From4490(_request.Crs), cancel);
            for (; await source.Next(cancel); rows++)
                await writer.Add(source.Row, cancel);
            await EvenTime.Wait(asked, cancel);
            await writer.End(cancel);
            isFinished = true;
        }
        finally
        {
            // Also for a client that went away: what left the house is on record.
            await _records.End(record, rows, counted.Bytes, isFinished, CancellationToken.None);
        }
        return (rows, counted.Bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    static async Task<IReadOnlyList<DbfColumn>> DbfColumns(ExportReader reader, IReadOnlyList<ExportColumn> columns, CancellationToken cancel)
    {
        var widths = await reader.Widths(columns, cancel);
        DbfColumn[] dbf = [.. columns.Select((column, at) => DbfColumn.Of(column, widths[at]))];
        var rows = await reader.Count(null, cancel);
        return rows * DbfWriter.RecordBytes(dbf) <= ShapefileZipWriter.MostBytes ? dbf : throw ShapefileZipWriter.TooLarge();
    }

    async Task<IExportWriter> Writer(Stream target, CancellationToken cancel) => _request.Format switch
    {
        ExportFormat.Csv => new CsvWriter(_request, _columns, target),
        ExportFormat.Excel => await FileFirst(target, async file => await ExcelWriter.Create(_request, _columns, file, cancel)),
        ExportFormat.GeoPackage or ExportFormat.FlatGeobuf => new GeoPackageWriter(_request, _columns, WorkFolder(), target),
        ExportFormat.Shapefile => await FileFirst(target, file => Task.FromResult<IExportWriter>(new ShapefileZipWriter(_request, _dbf, Directory.CreateDirectory(Path.Combine(_folder!, "files")).FullName, file))),
        ExportFormat.Parquet => await FileFirst(target, async file => await GeoParquetWriter.Create(_request, _columns, file, cancel)),
        _ => new GeoJsonWriter(_request, _columns, target),
    };

    async Task<IExportWriter> FileFirst(Stream target, Func<Stream, Task<IExportWriter>> create) => await FileFirstWriter.Create(Path.Combine(WorkFolder(), FileName), target, create);

    string WorkFolder() => _folder = PrivateFolder.Make(Path.Combine(_options.WorkFolder, $"cityops-export-{Guid.NewGuid():N}"));
}
