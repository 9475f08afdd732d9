using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>Reads one layer through GDAL as Arrow batches and turns them into chunks. Each reading opens the file anew.</summary>
sealed class GdalReader(DeliveryFile file, SourceLayer layer, string[] drivers, int index) : IFeatureReader
{
    readonly ArrowColumns[] _columns = [.. layer.Columns.Select(c => new ArrowColumns(c.Type))];

    public SourceLayer Layer => layer;

    public IEnumerable<FeatureChunk> Read(CancellationToken cancel)
    {
        var dataset = GdalLibrary.Open(file.Path, drivers);
        if (dataset == 0)
            throw new SourceException(Faults.GdalRefuses(file.Name, GdalSource.Said(file)));
        try
        {
            foreach (var chunk in Read(dataset, cancel))
                yield return chunk;
        }
        finally
        {
            GdalLibrary.GDALClose(dataset);
        }
    }

    public void Dispose()
    {
    }

    IEnumerable<FeatureChunk> Read(nint dataset, CancellationToken cancel)
    {
        if (!GdalLibrary.TryReadLayer(GdalLibrary.GDALDatasetGetLayer(dataset, index), FeatureChunk.MaxRows, layer.Columns.Count == 0, out var stream))
            throw new SourceException(Faults.GdalRefuses(file.Name, GdalSource.Said(file)));
        using (stream)
        {
            long number = 1;
            // FlatGeobuf's driver hands out empty batches for ever where others end.
            while (layer.RowCount != 0 && Next(stream!, number) is { Length: > 0 } batch)
                using (batch)
                    for (var start = 0; start < batch.Length; start += FeatureChunk.MaxRows)
                    {
                        cancel.ThrowIfCancellationRequested();
                        var chunk = Chunk(batch, start, Math.Min(FeatureChunk.MaxRows, batch.Length - start), number);
                        number += chunk.Count;
                        yield return chunk;
                    }
        }
    }

    RecordBatch? Next(IArrowArrayStream stream, long number)
    {
        try
        {
            // GDAL's stream is synchronous; the task is complete when it comes.
            var batch = stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult();
            // A driver that gives up within a layer just ends it; only the count and its last complaint tell.
            return batch is not null || number > layer.RowCount || GdalLibrary.LastError is null ? batch : throw BreaksOff(number, null);
        }
        catch (Exception broken) when (broken is not SourceException)
        {
            throw BreaksOff(number, broken);
        }
    }

    SourceException BreaksOff(long number, Exception? broken)
        => new(Faults.BreaksOff(file.Name, layer.Name, number - 1, GdalLibrary.LastError is null && broken is not null ? broken.Message : GdalSource.Said(file)), broken);

    FeatureChunk Chunk(RecordBatch batch, int start, int count, long number)
    {
        try
        {
            return Taken(batch, start, count, number);
        }
        // Of a damaged file GDAL hands on values that lie outside their buffer.
        catch (ArgumentOutOfRangeException broken)
        {
            throw BreaksOff(number, broken);
        }
    }

    FeatureChunk Taken(RecordBatch batch, int start, int count, long number)
    {
        // Fields come in their own order; what is left over is geometry.
        var (columns, field, geometry) = (new Column[_columns.Length], 0, (GeometryColumn?)null);
        for (var i = 0; i < batch.ColumnCount; i++)
            if (IsGeometry(batch.Schema.GetFieldByIndex(i)))
                geometry ??= ArrowGeometry.Read(batch.Column(i), start, count);
            else if (field < columns.Length)
                columns[field] = _columns[field++].Read(batch.Column(i), start, count);
        if (field < columns.Length)
            throw new SourceException(Faults.BreaksOff(file.Name, layer.Name, number - 1, $"only {field} of {columns.Length} fields arrived"));
        return new(number, count, columns, layer.Geometry is null ? null : geometry ?? ArrowGeometry.None(count));
    }

    static bool IsGeometry(Field field)
        => field.Metadata is { } notes && notes.TryGetValue("ARROW:extension:name", out var extension) && extension is "WKB" or "ogc.wkb" or "geoarrow.wkb";
}
