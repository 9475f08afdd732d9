namespace CityOps.Gis.Layers;

/// <summary>An entry of a code list, keyed by (table, kind, code): the same code means different things in different tables.</summary>
/// <param name="Table">Edition the code is from: <c>cjt214-2007</c>, <c>gbt30428.2-2013</c>, <c>gbt47678.5-2026</c>, a local extension; empty for lists without editions.</param>
/// <param name="Kind"><c>component</c>, <c>event</c>, <c>matter</c>; empty for lists without kinds.</param>
/// <param name="Geometry">Usual geometry kind (inferred, not from the standard); null = unknown.</param>
/// <param name="AccuracyMeters">Permitted position error of the accuracy class: A 0.5, B 1, C 10 m; null = unknown.</param>
public sealed record CodeEntry(
    string Table, string Kind, string Code, LocalText Name, string? Major = null, LocalText? MajorName = null,
    GeometryKind? Geometry = null, double? AccuracyMeters = null, string? Successor = null);
