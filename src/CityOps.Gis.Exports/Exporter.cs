using System.Diagnostics;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports;

/// <summary>Makes exports and keeps a record of each.</summary>
/// <param name="source">Made by <see cref="PostGis.Connections.Open"/>.</param>
public sealed class Exporter(CallerDatabase source, ExportOptions options)
{
    const int GeometryBytes = 40;

    /// <summary>Counts the rows, and says how large the file would be.</summary>
    public async Task<ExportPreview> Preview(ExportRequest request, CancellationToken cancel = default)
    {
        var asked = Stopwatch.GetTimestamp();
        await using var reader = await ExportReader.Open(source, request.Question, cancel);
        var rows = await reader.Count(null, cancel);
        await EvenTime.Wait(asked, cancel);
        var facts = ExportFormats.Of(request.Format);
        var columns = FieldNaming.Columns(request.Question.Layer, request.Naming).Count;
        return new(rows, rows * (columns * facts.BytesPerValue + GeometryBytes), options.Limit, rows > options.Limit, request.Question.Layer.Id + facts.Ending);
    }

    /// <summary>Looks whether an export can be made, and opens it: from here on it sees the database as of this moment.</summary>
    /// <exception cref="ExportRefusedException">It has more rows than the limit and is not confirmed, or its format cannot hold it.</exception>
    public async Task<Export> Open(ExportRequest request, CancellationToken cancel = default)
    {
        var asked = Stopwatch.GetTimestamp();
        var reader = await ExportReader.Open(source, request.Question, cancel);
        try
        {
            if (!request.IsConfirmed && await reader.Count(options.Limit + 1, cancel) > options.Limit)
                throw new ExportRefusedException(new(
                    $"该导出超过 {options.Limit:N0} 条；preview 告知行数和大小，加 confirm=yes 即可导出。", $"This export has more than {options.Limit:N0} rows; 'preview' tells how many and how large, and with 'confirm=yes' it is made."));
            return await Export.Prepare(request, reader, new(source), options, cancel);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
        finally
        {
            await EvenTime.Wait(asked, cancel);
        }
    }
}
