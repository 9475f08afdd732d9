using CityOps.Gis.Features;
using CityOps.Gis.PostGis.History;

namespace CityOps.Gis.PostGis.Views;

/// <summary>What became of a feature of some grids since a moment.</summary>
/// <param name="At">Of the last change.</param>
/// <param name="Version">As it is now; of one that is gone, as it was last in the grids.</param>
/// <param name="IsThere">False for one that is no longer in the layer.</param>
public sealed record GridChange(ChangeKind Kind, DateTimeOffset At, Feature Version, bool IsThere);
