using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>
/// Encodes the accepted rows of checked chunks for the staging table: three numbers, geometry, the stored fields in the order of the definition, delivered
/// department and delivered grid. One thread; nothing is allocated per row.
/// </summary>
sealed class StagedRows
{
    readonly Staging _staging;
    readonly int[] _fields;
    readonly FieldType[] _types;
    readonly int _department, _grid;

    public StagedRows(Staging staging)
    {
        _staging = staging;
        var all = staging.Layer.Fields;
        _fields = [.. Enumerable.Range(0, all.Count).Where(index => all[index].Stored)];
        _types = [.. _fields.Select(index => all[index].Type)];
        _department = IndexOf(field => field.Name == staging.Layer.DepartmentField);
        _grid = IndexOf(field => field.Checks.Contains("grid-code"));
    }

    /// <summary>Rows encoded so far: the last <c>row_id</c>.</summary>
    public long Count { get; private set; }

    public void Encode(CheckedChunk chunk, int sourceNumber, CopyBuffer target)
    {
        for (var row = 0; row < chunk.Source.Count; row++)
        {
            if (chunk.IsRefused[row])
                continue;
            target.Row(_staging.ColumnCount);
            target.Integer(++Count);
            target.SmallInteger(sourceNumber);
            target.Integer(chunk.Source.FirstRow + row);
            if (_staging.HasGeometry)
                WriteGeometry(chunk.Geometry!, row, target);
            for (var index = 0; index < _fields.Length; index++)
                Write(chunk.Fields[_fields[index]], _types[index], row, target);
            target.Text(Text(chunk, _department, row));
            target.Text(Text(chunk, _grid, row));
        }
    }

    static void WriteGeometry(GeometryColumn geometry, int row, CopyBuffer target)
    {
        if (geometry.IsEmpty[row])
            target.Null();
        else if (geometry.Wkb[row] is { } wkb)
            target.Geometry(wkb);
        else
            target.Point(geometry.X[row], geometry.Y[row]);
    }

    static void Write(Column? column, FieldType type, int row, CopyBuffer target)
    {
        if (column is null || column.IsNull(row))
            target.Null();
        else if (column is TextColumn texts)
        {
            if (type == FieldType.List)
                target.Texts(texts.Values[row]!.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            else
                target.Text(texts.Values[row]);
        }
        else if (column is DateColumn days)
            target.Date(days.Values[row]);
        else if (column is TimestampColumn times)
            target.Timestamp(times.Values[row]);
        else if (column is RealColumn reals)
            target.Real(reals.Values[row]);
        else if (column is IntegerColumn numbers)
        {
            if (type == FieldType.Boolean)
                target.Boolean(numbers.Values[row] != 0);
            else
                target.Integer(numbers.Values[row]);
        }
    }

    static string? Text(CheckedChunk chunk, int field, int row) => field >= 0 ? chunk.Fields[field] is TextColumn texts ? texts.Values[row] : chunk.Fields[field]?.Text(row) : null;

    int IndexOf(Func<LayerField, bool> isIt)
    {
        var all = _staging.Layer.Fields;
        for (var index = 0; index < all.Count; index++)
            if (isIt(all[index]))
                return index;
        return -1;
    }
}
