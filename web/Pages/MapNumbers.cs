using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Components;

namespace CityOps.Gis.Web.Pages;

/// <summary>How many features there are, how many answer the question, and how many each colour stands for, by layer id. They fill in when they are counted; the map does not wait for them.</summary>
sealed class MapNumbers(LayerCatalog catalog, LayerStatistics statistics, CollectionCounts counts, PartCounts parts)
{
    MapQuestion? _asked;

    /// <summary>All features of each layer; null before <see cref="Begin"/>.</summary>
    public IReadOnlyDictionary<string, long>? Whole { get; private set; }

    /// <summary>Null where everything is asked for.</summary>
    public IReadOnlyDictionary<string, MatchCount>? Answers { get; private set; }
    public IReadOnlyDictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>> Legends { get; private set; } = new Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>>();

    public bool AreAllZero => Whole!.Values.All(count => count == 0);

    /// <summary>Memory knows at once what the database would count row by row after each change.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        var whole = new Dictionary<string, long>();
        IReadOnlyDictionary<string, long>? counted = null;
        foreach (var layer in catalog.Layers)
            whole[layer.Id] = await counts.Whole(layer, new(layer.Id), cancel) is { IsExact: true } count ? count.Number : (counted ??= await statistics.Counts(catalog, cancel)).GetValueOrDefault(layer.Id);
        Whole = whole;
    }

    /// <summary>Counts what answers. A newer question's answers stay when an older one's come later.</summary>
    public async Task Count(MapQuestion question, IEnumerable<LayerDefinition> layers, CancellationToken cancel)
    {
        _asked = question;
        Dictionary<string, MatchCount>? answers = question.IsWhole ? null : [];
        foreach (var layer in answers is null ? [] : layers.Where(MapQuestion.Concerns))
            answers![layer.Id] = await counts.Whole(layer, question.Of(layer), cancel);
        if (question == _asked)
            Answers = answers;
    }

    /// <summary>Counts what the colours stand for, whether they are asked for or not; answers whether something came of it.</summary>
    public async Task<bool> CountLegends(MapQuestion question, IEnumerable<LayerDefinition> visible, CancellationToken cancel)
    {
        _asked = question;
        var counted = new Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>>();
        foreach (var layer in visible.Where(MapQuestion.Concerns))
            if (LayerLegend.Of(layer, catalog) is { Count: > 0 } legend)
                counted[layer.Id] = await parts.Of(layer, question.Of(layer), legend.Select(one => one.Part), cancel);
        if (question != _asked)
            return false;
        Legends = counted;
        return true;
    }
}
