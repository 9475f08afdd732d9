namespace CityOps.Gis.Web.Api.Table;

/// <summary>A page of the table as the browser gets it.</summary>
/// <param name="Matched">How many features answer.</param>
/// <param name="IsExact">False for an estimate.</param>
/// <param name="CanSort">Few enough answer to be sorted.</param>
/// <param name="IsSorted">The rows are in the order that was asked for; else in that of their numbers.</param>
/// <param name="Next">What the address of the next page ends in, such as <c>after=12</c>; null after the last one.</param>
public sealed record TablePage(IReadOnlyList<TableRow> Rows, long Matched, bool IsExact, bool CanSort, bool IsSorted, string? Next);
