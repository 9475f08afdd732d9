namespace CityOps.Gis.Web.Api.Table;

/// <summary>A row of the table, written for people.</summary>
/// <param name="At">Longitude and latitude of a point; null for every other shape.</param>
public sealed record TableRow(long Id, double[]? At, IReadOnlyList<string?> Cells);
