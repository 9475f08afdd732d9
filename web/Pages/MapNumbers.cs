using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Components;

namespace CityOps.Gis.Web.Pages;

/// <summary>How many features there are, how many answer the question, and how many each colour stands for, by layer id. They fill in when they are counted; the map does not wait for them.</summary>
sealed class MapNumbers(LayerCatalog catalog, LayerStatistics statistics, CollectionCounts counts, PartCounts parts)
{
    int _begun;
    MapQuestion? _asked, _counted;

    /// <summary>All features of each layer; null before <see cref="Begin"/>.</summary>
    public IReadOnlyDictionary<string, long>? Whole { get; private set; }

    /// <summary>Null where everything is asked for.</summary>
    public IReadOnlyDictionary<string, MatchCount>? Answers { get; private set; }
    public IReadOnlyDictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>> Legends { get; private set; } = new Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>>();

    /// <summary>Are the numbers those of the question before, while the new ones are counted?</summary>
    public bool ArePending => _asked != _counted;

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

    /// <summary>
    /// Counts what answers, then what the colours stand for, whether they are asked for or not. What was begun later takes the place of what is still being counted.
    /// </summary>
    /// <param name="changed">Told when something new can be shown.</param>
    public async Task Count(MapQuestion question, IReadOnlyList<LayerDefinition> layers, IReadOnlyList<LayerDefinition> visible, Action changed, CancellationToken cancel)
    {
        (var mine, _asked) = (++_begun, question);
        var answers = question.IsWhole ? null : await AnswersTo(question, layers, cancel);
        if (mine != _begun)
            return;
        Answers = answers;
        changed();
        var legends = await LegendsOf(question, visible, cancel);
        if (mine != _begun)
            return;
        (Legends, _counted) = (legends, question);
        changed();
    }

    async Task<Dictionary<string, MatchCount>> AnswersTo(MapQuestion question, IReadOnlyList<LayerDefinition> layers, CancellationToken cancel)
    {
        var answers = new Dictionary<string, MatchCount>();
        foreach (var layer in layers.Where(MapQuestion.Concerns))
            answers[layer.Id] = await counts.Whole(layer, question.Of(layer), cancel);
        return answers;
    }

    async Task<Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>>> LegendsOf(MapQuestion question, IReadOnlyList<LayerDefinition> visible, CancellationToken cancel)
    {
        var legends = new Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>>();
        foreach (var layer in visible.Where(layer => MapQuestion.Concerns(layer) && Whole!.GetValueOrDefault(layer.Id) > 0))
            if (LayerLegend.Of(layer, catalog) is { Count: > 0 } legend)
                legends[layer.Id] = await parts.Of(layer, question.Of(layer), legend.Select(one => one.Part), cancel);
        return legends;
    }
}
