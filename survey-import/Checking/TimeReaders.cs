using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Days, in any of the ways deliveries write them; <c>past-date</c> fields may not lie in the future.</summary>
sealed class DayReader(FieldMapping mapping, string delivered, DateOnly today) : FieldReader(mapping, delivered)
{
    readonly ReferenceCache<int> _read = new();
    readonly bool _mustBePast = mapping.Field.Checks.Contains("past-date");

    protected override Column Convert(Column source, int count, Findings findings)
    {
        var days = source is DateColumn same && IsAsDelivered ? same.Values : Days(source, count, findings);
        if (_mustBePast)
            for (var row = 0; row < count; row++)
                if (days[row] > today.DayNumber)
                    findings.Add(IssueCode.DateInFuture, row, Delivered, Show(days[row]), Show(today.DayNumber));
        return new DateColumn(days);
    }

    int[] Days(Column source, int count, Findings findings)
    {
        var days = new int[count];
        for (var row = 0; row < count; row++)
        {
            var text = Cell(source, row);
            days[row] = text is null ? DateColumn.Missing : Day(text);
            if (days[row] == DateColumn.Missing && !IsNoDate(text))
                findings.Add(IssueCode.NotADate, row, Delivered, text);
        }
        return days;
    }

    // "00000000" and "0" stand for no date in many exports.
    static bool IsNoDate(ReadOnlySpan<char> text) => text.Trim().Trim('0').IsEmpty;

    int Day(string text)
    {
        if (_read.TryGet(text, out var day))
            return day;
        day = IsNoDate(text) ? DateColumn.Missing : Cells.Day(text)?.DayNumber ?? DateColumn.Missing;
        _read.Set(text, day);
        return day;
    }

    static string Show(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Points in time as UTC ticks.</summary>
sealed class InstantReader(FieldMapping mapping, string delivered) : FieldReader(mapping, delivered)
{
    protected override Column Convert(Column source, int count, Findings findings)
        => source is TimestampColumn same && IsAsDelivered
            ? same
            : new TimestampColumn(Parse(source, count, TimestampColumn.Missing, text => Cells.Instant(text)?.UtcTicks, IssueCode.NotADate, null, findings));
}
