namespace CityOps.Gis.Layers;

/// <summary>A fault in a layer definition or a code list.</summary>
/// <param name="JsonPath">Where, as <c>$.fields[3].type</c>; for a CSV, <c>row 12</c>.</param>
public sealed record LayerFault(string File, string JsonPath, LocalText Message);
