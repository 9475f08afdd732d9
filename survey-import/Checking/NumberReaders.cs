using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Whole numbers, from any column.</summary>
sealed class IntegerReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
        => source is IntegerColumn same && IsAsDelivered ? same : new IntegerColumn(Parse(source, count, IntegerColumn.Missing, Cells.Integer, IssueCode.NotANumber, null, findings));
}

/// <summary>Real numbers, from any column.</summary>
sealed class RealReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
        => source is RealColumn same && IsAsDelivered ? same : new RealColumn(Parse(source, count, double.NaN, Cells.Number, IssueCode.NotANumber, null, findings));
}

/// <summary>Yes and no, as 1 and 0.</summary>
sealed class TruthReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
        => new IntegerColumn(Parse<long>(source, count, IntegerColumn.Missing, text => Cells.Truth(text) is { } truth ? truth ? 1 : 0 : null, IssueCode.ValueRefused, "0 / 1", findings));
}
