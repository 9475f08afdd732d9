using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Turns a delivered column into the column a field stores, with the checks of its type.</summary>
abstract class FieldReader(FieldMapping mapping, string delivered)
{
    protected LayerField Field => mapping.Field;

    /// <summary>Delivered name, as reports show it.</summary>
    protected string Delivered => delivered;
    protected FieldMapping Mapping => mapping;

    /// <summary>Null when neither a column nor a constant gives the field values.</summary>
    public Column? Read(FeatureChunk chunk, Findings findings)
    {
        if (mapping.Column is not { } index)
            return mapping.Constant is { } constant ? Constant(constant, chunk.Count, findings) : null;
        var column = Convert(chunk.Columns[index], chunk.Count, findings);
        if (mapping.Field.Required)
            RequireValues(column, chunk.Count, findings);
        return column;
    }

    protected abstract Column Convert(Column source, int count, Findings findings);

    protected Column Constant(string value, int count, Findings findings)
    {
        var values = new string?[count];
        Array.Fill(values, value);
        return Convert(new TextColumn(values), count, findings);
    }

    /// <summary>True when the profile changes no value, so that a column of the right type may be handed on.</summary>
    protected bool IsAsDelivered => mapping.Constant is null && mapping.Values is null;

    /// <summary>A cell's text after the profile's values, or its constant where the cell holds nothing.</summary>
    protected string? Cell(Column source, int row)
        => Cells.Text(source, row) is { } text && !string.IsNullOrWhiteSpace(text) ? mapping.Values?.GetValueOrDefault(text) ?? text : mapping.Constant;

    /// <summary>Reads every cell; what cannot be read is a fault and missing.</summary>
    protected T[] Parse<T>(Column source, int count, T missing, Func<string, T?> read, IssueCode fault, string? expected, Findings findings)
        where T : struct
    {
        var values = new T[count];
        for (var row = 0; row < count; row++)
        {
            values[row] = missing;
            if (Cell(source, row) is not { } text)
                continue;
            if (read(text) is { } value)
                values[row] = value;
            else
                findings.Add(fault, row, delivered, text, expected);
        }
        return values;
    }

    void RequireValues(Column column, int count, Findings findings)
    {
        var code = Field.Checks.Contains("identification-code") ? IssueCode.CodeMissing : IssueCode.FieldMissing;
        for (var row = 0; row < count; row++)
            if (column.IsNull(row) && !findings.IsRefused(row))
                findings.Add(code, row, delivered, null);
    }

    public static FieldReader For(FieldMapping mapping, string delivered, CheckContext context) => mapping.Field.Type switch
    {
        FieldType.Integer => new IntegerReader(mapping, delivered),
        FieldType.Real => new RealReader(mapping, delivered),
        FieldType.Boolean => new TruthReader(mapping, delivered),
        FieldType.Date => new DayReader(mapping, delivered, context.Today),
        FieldType.DateTime => new InstantReader(mapping, delivered),
        _ => new TextReader(mapping, delivered, context),
    };
}
