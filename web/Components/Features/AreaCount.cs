using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>How much of a layer lies in an area.</summary>
/// <param name="Total">An estimate while the exact count is still being made.</param>
/// <param name="Majors">By major (大类) with its name, those that occur.</param>
public sealed record AreaCount(LayerDefinition Layer, MatchCount Total, IReadOnlyList<(string Code, string Name, MatchCount Count)> Majors);
