using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Components;

/// <summary>
/// Which majors, classes and statuses are asked of the layers that are drawn, each with how many there would be. Those that do not occur are left out; a major's classes come
/// when it is opened.
/// </summary>
public sealed partial class ClassFilter(IStringLocalizer<MapText> texts, LayerCatalog catalog, PartCounts parts) : IDisposable
{
    readonly Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>> _counts = [];
    CancellationTokenSource _counting = new();
    (string Layer, string Major)? _major;
    (MapQuestion, string)? _counted;
    string? _note;
    bool _isOpen;

    /// <summary>The layers that are drawn.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    [Parameter, EditorRequired]
    public required MapQuestion Question { get; set; }

    [Parameter]
    public EventCallback<MapQuestion> QuestionChanged { get; set; }

    IStringLocalizer<MapText> Text => texts;
    IEnumerable<LayerDefinition> Offered => Layers.Where(layer => MapQuestion.Concerns(layer) && (layer.Class is not null || LayerParts.Statuses(layer, catalog).Count > 0));

    // What is asked, by layer; a single code by its name.
    string Summary => Question.Filters.AreNone ? Text["AllParts"] : string.Join(Text["And"], Question.Filters.Layers.Select(id => catalog.Find(id)).OfType<LayerDefinition>().Select(Summed));

    // Not disposed: a count that is still on its way looks at the token.
    public void Dispose() => _counting.Cancel();

    protected override Task OnParametersSetAsync() => _isOpen ? Count() : Task.CompletedTask;

    string Summed(LayerDefinition layer)
        => Asked(layer).ToList() is [var code] ? $"{layer.Title.In(UiLanguage.Current)} {Named(layer, code)}" : Text["PartsOf", layer.Title.In(UiLanguage.Current), Asked(layer).Count()];

    string Named(LayerDefinition layer, string code)
        => LayerParts.Majors(layer, catalog).SelectMany(major => LayerParts.Classes(layer, catalog, major.Key).Prepend(major)).Concat(LayerParts.Statuses(layer, catalog)).FirstOrDefault(part => part.Key == code)?.Name ?? code;

    // What is asked for stays in the list though nothing answers.
    List<LayerPart> Occurring(LayerDefinition layer, IReadOnlyList<LayerPart> all)
        => [.. all.Where(part => CountOf(layer, part) is not { IsExact: true, Number: 0 } || Asked(layer).Contains(part.Key))];

    IEnumerable<string> Asked(LayerDefinition layer) => Question.Filters.Of(layer.Id) is var filter ? [.. filter.Classes, .. filter.Statuses] : [];

    MatchCount? CountOf(LayerDefinition layer, LayerPart part) => _counts.GetValueOrDefault(layer.Id)?.TryGetValue(part, out var count) == true ? count : null;

    Task Fold()
    {
        _isOpen = !_isOpen;
        return _isOpen ? Count() : Task.CompletedTask;
    }

    Task Open(LayerDefinition layer, LayerPart major)
    {
        _major = _major == (layer.Id, major.Key) ? null : (layer.Id, major.Key);
        return Count();
    }

    Task Change(LayerDefinition layer, LayerFilter filter) => QuestionChanged.InvokeAsync(Question with { Filters = Question.Filters.With(layer.Id, filter) });

    // A newer question's numbers take the place of those that are still being counted.
    async Task Count()
    {
        var asked = (Question, string.Join(',', Layers.Select(layer => layer.Id).Append(_major?.ToString())));
        if (_counted == asked)
            return;
        _counted = asked;
        await _counting.CancelAsync();
        var mine = _counting = new();
        try
        {
            foreach (var layer in Offered.ToList())
            {
                var counted = await parts.Of(layer, Question.Of(layer), PartsOf(layer), mine.Token);
                if (mine != _counting)
                    return;
                _counts[layer.Id] = counted;
                StateHasChanged();
            }
            _note = null;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            (_note, _counted) = (Text["NotCounted"], null);
        }
    }

    IEnumerable<LayerPart> PartsOf(LayerDefinition layer) =>
    [
        .. LayerParts.Majors(layer, catalog), .. LayerParts.Statuses(layer, catalog),
        .. _major is { } open && open.Layer == layer.Id ? LayerParts.Classes(layer, catalog, open.Major) : [],
    ];
}
