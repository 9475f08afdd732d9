using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Whole numbers, from any column.</summary>
sealed class IntegerReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
    {
        if (source is IntegerColumn same && Mapping.Values is null)
            return same;
        var values = new long[count];
        for (var row = 0; row < count; row++)
        {
            values[row] = IntegerColumn.Missing;
            if (CellText(source, row) is not { } text)
                continue;
            if (Cells.Integer(text) is { } number)
                values[row] = number;
            else
                findings.Add(IssueCode.NotANumber, row, Delivered, text);
        }
        return new IntegerColumn(values);
    }

    string? CellText(Column source, int row) => Cells.Text(source, row) is { } text && text.Trim().Length > 0 ? Mapping.Values?.GetValueOrDefault(text) ?? text : Mapping.Constant;
}

/// <summary>Real numbers, from any column.</summary>
sealed class RealReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
    {
        if (source is RealColumn same)
            return same;
        var values = new double[count];
        for (var row = 0; row < count; row++)
        {
            values[row] = double.NaN;
            if (source is IntegerColumn whole)
                values[row] = whole.IsNull(row) ? double.NaN : whole.Values[row];
            else if (Cells.Text(source, row) is { } text && text.Trim().Length > 0)
                if (Cells.Number(text) is { } number)
                    values[row] = number;
                else
                    findings.Add(IssueCode.NotANumber, row, Delivered, text);
        }
        return new RealColumn(values);
    }
}

/// <summary>Yes and no, as 1 and 0.</summary>
sealed class TruthReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
    {
        var values = new long[count];
        for (var row = 0; row < count; row++)
        {
            values[row] = IntegerColumn.Missing;
            if (Cells.Text(source, row) is not { } text || text.Trim().Length == 0)
                continue;
            if (Cells.Truth(text) is { } truth)
                values[row] = truth ? 1 : 0;
            else
                findings.Add(IssueCode.ValueRefused, row, Delivered, text, "0 / 1");
        }
        return new IntegerColumn(values);
    }
}
