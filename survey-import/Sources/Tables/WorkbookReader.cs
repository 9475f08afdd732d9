namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Reads one sheet of an Excel workbook into chunks of text columns; numbers and dates come in invariant form. The header is not a row.</summary>
sealed class WorkbookReader(DeliveryFile file, SourceLayer layer, WorkbookShape shape) : IFeatureReader
{
    public SourceLayer Layer => layer;

    public IEnumerable<FeatureChunk> Read(CancellationToken cancel)
    {
        using var reader = Workbook.Open(file);
        for (var sheet = 0; sheet < shape.Sheet; sheet++)
            Workbook.NextSheet(file, reader);
        Workbook.Next(file, reader);
        var chunks = new TableChunks(layer.Columns.Count, shape.Geometry);
        while (Workbook.Next(file, reader) is { } cells)
        {
            if (chunks.Add(TextTable.Widen(cells, layer.Columns.Count)) is not { } full)
                continue;
            cancel.ThrowIfCancellationRequested();
            yield return full;
        }
        if (chunks.Take() is { } last)
            yield return last;
    }

    public void Dispose()
    {
    }
}
