using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Search;

/// <summary>An answer of the search box: a feature, or a place without one (then without layer and number).</summary>
/// <param name="Kind"><c>feature</c> or <c>place</c>.</param>
/// <param name="Subtitle">Where it lies, from the district down to the grid.</param>
/// <param name="Matched">The text that was found, where it is not the title.</param>
/// <param name="Match">Why it was found, in kebab case.</param>
/// <param name="Point">Longitude and latitude (EPSG:4490).</param>
/// <param name="Box">West, south, east, north.</param>
/// <param name="Offset">The web map's shift that was taken out of a typed coordinate.</param>
public sealed record FoundThing(
    string Kind, string? Layer, LocalText? LayerTitle, long? Fid, string? Code, string Title, string Subtitle, string? Matched, string Match, double[]? Point, double[]? Box, string? Offset = null);
