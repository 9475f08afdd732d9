namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>The refused rows of a report. They are read from where they are kept each time somebody goes through them, as they may be more than memory holds.</summary>
/// <param name="count">How many they are.</param>
/// <param name="read">Begins anew at the first row, in the order of the delivery.</param>
public sealed class WaitingRows(long count, Func<IEnumerable<WaitingRows.Row>> read)
{
    /// <summary>A refused row.</summary>
    /// <param name="Record">The delivered values as a JSON object.</param>
    /// <param name="GeoJson">Its geometry in EPSG:4490, where it has one.</param>
    public readonly record struct Row(string SourceLayer, long Number, string Record, string? GeoJson);

    public static WaitingRows None { get; } = Of([]);

    public long Count => count;

    public static WaitingRows Of(IReadOnlyList<Row> rows) => new(rows.Count, () => rows);

    public IEnumerable<Row> Read() => read();
}
