using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Components;

/// <summary>What the colours of a layer stand for, and what its aggregated cells are counted by, in the language of the page.</summary>
public static class LayerLegend
{
    /// <summary>Majors (大类), then statuses, that have a colour of their own.</summary>
    public static IReadOnlyList<MapLegendEntry> Of(LayerDefinition layer, LayerCatalog catalog) => [.. Majors(layer, catalog), .. Statuses(layer, catalog)];

    /// <summary>The colours of what the cells are counted by.</summary>
    public static IReadOnlyList<MapLegendEntry> OfCells(LayerDefinition layer, LayerCatalog catalog) => [.. layer.Zooms.CountBy switch
    {
        CountBy.Major => Majors(layer, catalog),
        CountBy.Status => Statuses(layer, catalog),
        _ => [],
    }];

    /// <summary>Names of all that the cells may be counted by, by key.</summary>
    public static IReadOnlyDictionary<string, string> CountNames(LayerDefinition layer, LayerCatalog catalog)
    {
        var entries = layer.Zooms.CountBy switch
        {
            CountBy.Major => Classes(layer, catalog).Select(entry => (Key: entry.Major, Name: entry.MajorName?.In(UiLanguage.Current))),
            CountBy.Status => States(layer, catalog).Select(entry => (Key: (string?)entry.Code, Name: (string?)entry.Name.In(UiLanguage.Current))),
            _ => [],
        };
        return entries.Where(entry => entry is { Key: not null, Name: not null }).DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key!, entry => entry.Name!);
    }

    /// <summary>The question narrowed to what each colour stands for.</summary>
    public static IEnumerable<(MapLegendEntry Entry, FeatureQuery Query)> Questions(LayerDefinition layer, LayerCatalog catalog, FeatureQuery query) =>
    [
        .. Majors(layer, catalog).Select(entry => (entry, query with { Classes = [entry.Key] })),
        .. Statuses(layer, catalog).Select(entry => (entry, query with { Statuses = [entry.Key] })),
    ];

    static IEnumerable<MapLegendEntry> Majors(LayerDefinition layer, LayerCatalog catalog)
    {
        var classes = Classes(layer, catalog).ToList();
        return classes.Count == 0 ? [] : layer.Style.ColorByMajor.Select(one => new MapLegendEntry(
            one.Key, one.Value, classes.FirstOrDefault(entry => entry.Major == one.Key)?.MajorName?.In(UiLanguage.Current) ?? one.Key));
    }

    static IEnumerable<MapLegendEntry> Statuses(LayerDefinition layer, LayerCatalog catalog)
    {
        var states = States(layer, catalog).ToList();
        return states.Count == 0 ? [] : layer.Style.ColorByStatus.Select(one => new MapLegendEntry(
            one.Key, one.Value, states.FirstOrDefault(entry => entry.Code == one.Key)?.Name.In(UiLanguage.Current) ?? one.Key));
    }

    static IEnumerable<CodeEntry> Classes(LayerDefinition layer, LayerCatalog catalog)
        => layer.Class is { } byClass && catalog.Lists.Find(byClass.CodeList) is { } list ? list.Entries.Where(entry => byClass.Kinds.Contains(entry.Kind)) : [];

    static IEnumerable<CodeEntry> States(LayerDefinition layer, LayerCatalog catalog)
        => layer.Find("status")?.CodeList is { } id && catalog.Lists.Find(id) is { } list ? list.Entries.Where(entry => entry is { Table: "", Kind: "" }) : [];
}
