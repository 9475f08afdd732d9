namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Reads a delimited text file row by row into chunks of text columns, with positions where columns hold them. The header is not a row.</summary>
sealed class TextTableReader(DeliveryFile file, SourceLayer layer, TextTableShape shape) : IFeatureReader
{
    public SourceLayer Layer => layer;

    public IEnumerable<FeatureChunk> Read(CancellationToken cancel)
    {
        using var rows = new TextRows(file, shape.Encoding, shape.Delimiter);
        rows.Next();
        var chunks = new TableChunks(layer.Columns.Count, shape.Geometry);
        while (rows.Next() is { } cells)
        {
            if (cells.Length > layer.Columns.Count && cells.Skip(layer.Columns.Count).Any(c => c is not null))
                throw new SourceException(Faults.TextRowTooLong(file.Name, chunks.NextRow, cells.Length, layer.Columns.Count));
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
