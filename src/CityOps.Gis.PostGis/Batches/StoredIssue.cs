namespace CityOps.Gis.PostGis.Batches;

/// <summary>A fault as kept in <c>cityops.batch_issue</c>.</summary>
/// <param name="Row">Row in its layer of the delivery, from 1; 0 = the whole layer.</param>
/// <param name="Severity"><c>note</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="X">Longitude, degrees (EPSG:4490); null where the row has no usable position.</param>
public sealed record StoredIssue(string SourceLayer, long Row, string Code, string Severity, string? Field, string? Value, string? Expected, double? X, double? Y)
{
    /// <summary>Its number in the database; 0 before it is there.</summary>
    public long Id { get; init; }
}
