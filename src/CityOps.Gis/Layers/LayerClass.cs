namespace CityOps.Gis.Layers;

/// <summary>How a layer's features are classed: by a code list keyed by (table, kind, code).</summary>
/// <param name="CodeList">Id of the code list, such as <c>component-classes</c>.</param>
/// <param name="Kind">Kind within the list: <c>component</c>, <c>event</c>, <c>matter</c>.</param>
/// <param name="FromIdentificationCode">True when the class may be read from the identification code.</param>
public sealed record LayerClass(string CodeList, string Kind, bool FromIdentificationCode = false);
