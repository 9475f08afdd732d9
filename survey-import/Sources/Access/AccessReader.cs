using CityOps.Gis.SurveyImport.Sources.Shapefiles;
using CityOps.Gis.SurveyImport.Sources.Tables;

namespace CityOps.Gis.SurveyImport.Sources.Access;

/// <summary>Reads one table of a personal geodatabase. A shape there is what a shapefile keeps as the content of a record.</summary>
sealed class AccessReader(DeliveryFile file, SourceLayer layer, AccessTable table) : IFeatureReader
{
    readonly ShapeDecoder _decoder = new();

    public SourceLayer Layer => layer;

    public IEnumerable<FeatureChunk> Read(CancellationToken cancel)
    {
        using var rows = new AccessRows(file, table.Name, withBinary: table.Shape >= 0);
        // The shape stands behind the fields, wherever the table has it.
        var chunks = new TableChunks(
            layer.Columns.Count, layer.Geometry is null ? null : (cells, geometry, row) => Place(cells[^1], geometry, row, rows), (column, texts) => Typed(column, texts, rows));
        rows.Next();
        while (rows.Next() is { } cells)
        {
            if (chunks.Add(Fields(cells)) is not { } full)
                continue;
            cancel.ThrowIfCancellationRequested();
            yield return full;
        }
        if (chunks.NextRow <= layer.RowCount)
            throw rows.Broken("rows are missing");
        if (chunks.Take() is { } last)
            yield return last;
    }

    public void Dispose()
    {
    }

    string?[] Fields(string?[] cells) => table.Shape < 0 ? cells : [.. cells[..table.Shape], .. cells[(table.Shape + 1)..], cells[table.Shape]];

    void Place(string? shape, GeometryColumn geometry, int row, AccessRows rows)
    {
        geometry.Kinds[row] = layer.Geometry!.Value;
        if (!_decoder.TryRead(shape is null ? [] : Convert.FromHexString(shape), geometry, row))
            throw rows.Broken("its shape is damaged or of a type that is no point, line or polygon");
    }

    Column Typed(int column, string?[] texts, AccessRows rows)
    {
        try
        {
            return AccessColumns.From(layer.Columns[column].Type, texts);
        }
        catch (Exception none) when (none is FormatException or OverflowException)
        {
            throw rows.Broken($"{layer.Columns[column].Name}: {none.Message}");
        }
    }
}
