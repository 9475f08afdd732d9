namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Values of one field for the rows of a chunk. Index = row in the chunk.</summary>
public abstract class Column
{
    public abstract bool IsNull(int row);

    /// <summary>The value as text in the invariant culture, as a report shows it; null when there is none.</summary>
    public abstract string? Text(int row);
}

/// <summary>Texts. Readers hand out one shared instance for equal values that lie close together, so a check may remember its verdict per reference.</summary>
public sealed class TextColumn(string?[] values) : Column
{
    public string?[] Values { get; } = values;
    public override bool IsNull(int row) => Values[row] is null;
    public override string? Text(int row) => Values[row];
}

/// <summary>Whole numbers; <see cref="Missing"/> stands for null.</summary>
public sealed class IntegerColumn(long[] values) : Column
{
    public const long Missing = long.MinValue;
    public long[] Values { get; } = values;
    public override bool IsNull(int row) => Values[row] == Missing;
    public override string? Text(int row) => IsNull(row) ? null : Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Real numbers; NaN stands for null.</summary>
public sealed class RealColumn(double[] values) : Column
{
    public double[] Values { get; } = values;
    public override bool IsNull(int row) => double.IsNaN(Values[row]);
    public override string? Text(int row) => IsNull(row) ? null : Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Days as <see cref="DateOnly.DayNumber"/>; <see cref="Missing"/> stands for null.</summary>
public sealed class DateColumn(int[] values) : Column
{
    public const int Missing = int.MinValue;
    public int[] Values { get; } = values;
    public override bool IsNull(int row) => Values[row] == Missing;
    public override string? Text(int row) => IsNull(row) ? null : DateOnly.FromDayNumber(Values[row]).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Instants as UTC ticks; <see cref="Missing"/> stands for null.</summary>
public sealed class TimestampColumn(long[] values) : Column
{
    public const long Missing = long.MinValue;
    public long[] Values { get; } = values;
    public override bool IsNull(int row) => Values[row] == Missing;
    public override string? Text(int row) => IsNull(row) ? null : new DateTime(Values[row], DateTimeKind.Utc).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
