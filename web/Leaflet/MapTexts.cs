namespace CityOps.Gis.Leaflet;

/// <summary>The map's own words, in the language of the page.</summary>
public sealed record MapTexts(string Map, string ZoomIn, string ZoomOut, string Attribution);
