namespace CityOps.Gis.Grids;

/// <summary>A fault of a delivered grid.</summary>
/// <param name="Row">Row number in its layer, from 1; 0 = none in particular (a gap between grids).</param>
/// <param name="Value">What was found.</param>
/// <param name="Expected">What it should be.</param>
public sealed record GridFault(long Row, GridFaultCode Code, string? Value, string? Expected);
