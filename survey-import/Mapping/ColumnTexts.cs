using System.Globalization;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>Reads back what <see cref="Column.Text"/> wrote. A value that no longer is of its column's type makes the column one of texts, which the readers know too.</summary>
static class ColumnTexts
{
    public static Column Read(SourceColumnType type, string?[] values) => type switch
    {
        SourceColumnType.Integer or SourceColumnType.Boolean when All(values, IntegerColumn.Missing, Whole) is { } numbers => new IntegerColumn(numbers),
        SourceColumnType.Real when All(values, double.NaN, Real) is { } numbers => new RealColumn(numbers),
        SourceColumnType.Date when All(values, DateColumn.Missing, Day) is { } days => new DateColumn(days),
        SourceColumnType.Timestamp when All(values, TimestampColumn.Missing, Moment) is { } ticks => new TimestampColumn(ticks),
        _ => new TextColumn(values),
    };

    static T[]? All<T>(string?[] values, T missing, Func<string, T?> read) where T : struct
    {
        var all = new T[values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] is { } text && read(text) is null)
                return null;
            all[row] = values[row] is { } some ? read(some)!.Value : missing;
        }
        return all;
    }

    static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    static double? Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    static int? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber : null;

    static long? Moment(string text) => DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time.Ticks : null;
}
