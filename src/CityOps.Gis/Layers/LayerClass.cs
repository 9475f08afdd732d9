namespace CityOps.Gis.Layers;

/// <summary>How a layer's features are classed: by a code list keyed by (table, kind, code).</summary>
/// <param name="CodeList">Id of the code list, such as <c>component-classes</c>.</param>
/// <param name="Kinds">Kinds within the list, in the order in which they are asked: <c>component</c>; <c>matter</c> and <c>event</c>, as editions differ.</param>
/// <param name="FromIdentificationCode">True when the class may be read from the identification code.</param>
public sealed record LayerClass(string CodeList, IReadOnlyList<string> Kinds, bool FromIdentificationCode = false)
{
    /// <summary>The entry of a class in an edition of the list, or null.</summary>
    public CodeEntry? Find(CodeLists lists, string table, string code)
        => lists.Find(CodeList) is { } list ? Kinds.Select(kind => list.Find(table, kind, code)).FirstOrDefault(entry => entry is not null) : null;
}
