namespace CityOps.Gis.Exports;

/// <summary>What an export would be.</summary>
/// <param name="Rows">Exact.</param>
/// <param name="EstimatedBytes">Roughly, before compression on the way.</param>
/// <param name="NeedsConfirmation">More rows than the limit: it is made only with <c>confirm=yes</c>.</param>
public sealed record ExportPreview(long Rows, long EstimatedBytes, long Limit, bool NeedsConfirmation, string FileName);
