using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Api.Ogc;

namespace CityOps.Gis.Web.Pages;

/// <summary>How many of what answers a question are of each class: of each major, or where one major is asked for, of each of its classes.</summary>
public sealed class ClassCounts(LayerCatalog catalog, CollectionCounts counts)
{
    /// <summary>Most first, those without any left out; empty for a layer without classes. Each is the count of the question with that class.</summary>
    public async Task<IReadOnlyList<(string Name, MatchCount Count)>> Of(LayerDefinition layer, FeatureQuery query, CancellationToken cancel)
    {
        var found = new List<(string, MatchCount)>();
        foreach (var (code, name) in ClassesOf(layer, query.Classes))
            if (await counts.Whole(layer, query with { Classes = [code] }, cancel) is { Number: > 0 } count)
                found.Add((name, count));
        return [.. found.OrderByDescending(one => one.Item2.Number)];
    }

    IEnumerable<(string Code, string Name)> ClassesOf(LayerDefinition layer, IReadOnlyList<string> asked)
    {
        if (layer.Class is not { } byClass || catalog.Lists.Find(byClass.CodeList) is not { } list)
            return [];
        var entries = list.Entries.Where(entry => byClass.Kinds.Contains(entry.Kind) && entry.Major is not null);
        return asked is [var major]
            ? entries.Where(entry => entry.Major == major).DistinctBy(entry => entry.Code).Select(entry => (entry.Code, entry.Name.In(UiLanguage.Current)))
            : entries.DistinctBy(entry => entry.Major).Select(entry => (entry.Major!, entry.MajorName?.In(UiLanguage.Current) ?? entry.Major!));
    }
}
