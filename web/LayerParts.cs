using CityOps.Gis.Layers;

namespace CityOps.Gis.Web;

/// <summary>The parts that a layer's definition and code lists know, of all editions, in the order of their codes.</summary>
public static class LayerParts
{
    /// <summary>Empty for a layer without classes.</summary>
    public static IReadOnlyList<LayerPart> Majors(LayerDefinition layer, LayerCatalog catalog)
        => [.. ClassesOf(layer, catalog).DistinctBy(entry => entry.Major).OrderBy(entry => entry.Major, StringComparer.Ordinal)
            .Select(entry => new LayerPart(entry.Major!, entry.MajorName?.In(UiLanguage.Current) ?? entry.Major!, false))];

    /// <summary>The classes of a major.</summary>
    public static IReadOnlyList<LayerPart> Classes(LayerDefinition layer, LayerCatalog catalog, string major)
        => [.. ClassesOf(layer, catalog).Where(entry => entry.Major == major).DistinctBy(entry => entry.Code).OrderBy(entry => entry.Code, StringComparer.Ordinal)
            .Select(entry => new LayerPart(entry.Code, entry.Name.In(UiLanguage.Current), false))];

    /// <summary>In the order of the code list; empty for a layer whose status has none.</summary>
    public static IReadOnlyList<LayerPart> Statuses(LayerDefinition layer, LayerCatalog catalog)
        => layer.Find("status")?.CodeList is { } id && catalog.Lists.Find(id) is { } list
            ? [.. list.Entries.Where(entry => entry is { Table: "", Kind: "" } && entry.Code != layer.RemovedStatus).Select(entry => new LayerPart(entry.Code, entry.Name.In(UiLanguage.Current), true))]
            : [];

    static IEnumerable<CodeEntry> ClassesOf(LayerDefinition layer, LayerCatalog catalog)
        => layer.Class is { } byClass && catalog.Lists.Find(byClass.CodeList) is { } list ? list.Entries.Where(entry => byClass.Kinds.Contains(entry.Kind) && entry.Major is not null) : [];
}
