using CityOps.Gis.Layers;

namespace CityOps.Gis.Crs;

/// <summary>
/// What a declared reference system says: a definition, or the reason why there is none; with notes on what was assumed or passed over.
/// </summary>
public sealed record CrsParse(CrsDefinition? Crs, LocalText? Reason, IReadOnlyList<LocalText> Notes);
