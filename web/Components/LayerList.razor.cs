using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>
/// The layers by group, each with a check box, its colour, who answers for it and how many features it has; a legend under those that colour by class or status;
/// below, the choice of who answers.
/// </summary>
public sealed partial class LayerList(IStringLocalizer<UiText> texts, IStringLocalizer<MapText> mapTexts, LayerCatalog catalog, LiveLayers live, GisWebOptions options) : IDisposable
{
    static readonly (TileExecutor? Executor, string Name)[] Choices = [(null, "automatic"), (TileExecutor.Snapshot, "memory"), (TileExecutor.Sql, "postgis")];

    /// <summary>How often the signs are compared with what is shown; that reads a few fields of this process.</summary>
    static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(2);
    readonly CancellationTokenSource _closing = new();
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
    readonly Dictionary<string, IReadOnlyList<(LayerPart Part, string Color)>> _legends = [];
    readonly HashSet<(string Layer, LayerPart Part)> _explained = [];
    List<LayerSign?> _signs = [];
    string? _faded;

    static readonly string[] GroupOrder = ["components", "cases", "sensing", "assessment", "other", "spine", "base"];

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    /// <summary>Features by layer id.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, long> Counts { get; set; }

    /// <summary>By layer id, how many features answer the page's question, where one is asked of the layer; null = everything is shown.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, MatchCount>? Answers { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Visible { get; set; }

    /// <summary>Zoom of the map (256-pixel tiles); null while it is not known.</summary>
    [Parameter]
    public double? Zoom { get; set; }

    [Parameter]
    public EventCallback<IReadOnlySet<string>> VisibleChanged { get; set; }

    /// <summary>By layer id, how many features each colour of its legend stands for; layers that are not counted yet are not in it.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>>? LegendCounts { get; set; }

    /// <summary>The numbers are those of the question before, and are counted anew.</summary>
    [Parameter]
    public bool ArePending { get; set; }

    /// <summary>Which colours are asked for; their rows switch them on and off.</summary>
    [Parameter]
    public LayerFilters Filters { get; set; } = LayerFilters.None;

    [Parameter]
    public EventCallback<LayerFilters> FiltersChanged { get; set; }

    /// <summary>By layer id, from 0 (invisible) to 1; layers that are not named are as their style says.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, double>? Opacities { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyDictionary<string, double>> OpacitiesChanged { get; set; }

    /// <summary>Who must answer; null = memory where it holds the layer, else PostGIS.</summary>
    [Parameter]
    public TileExecutor? Executor { get; set; }

    [Parameter]
    public EventCallback<TileExecutor?> ExecutorChanged { get; set; }

    IStringLocalizer<UiText> Text => texts;
    IStringLocalizer<MapText> Map => mapTexts;

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        _signs = Signs();
        if (firstRender)
            _ = KeepSigns();
    }

    async Task KeepSigns()
    {
        using var timer = new PeriodicTimer(SignInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
                await InvokeAsync(() =>
                {
                    if (!Signs().SequenceEqual(_signs))
                        StateHasChanged();
                });
        }
        catch (OperationCanceledException)
        {
            // The list is no longer shown.
            _signs = [];
        }
    }

    static string Whole(long count) => count.ToString("#,0", CultureInfo.CurrentCulture);

    List<LayerSign?> Signs() => [.. Layers.Select(SignOf)];

    LayerSign? SignOf(LayerDefinition layer) => live.Find(layer.Id) is { } one ? LayerSign.Of(one, Executor, _zone, texts) : null;

    IEnumerable<IGrouping<string, LayerDefinition>> Groups
        => Layers.OrderBy(layer => layer.Style.Order).GroupBy(layer => layer.Group).OrderBy(group => Array.IndexOf(GroupOrder, group.Key) is >= 0 and var at ? at : 4);

    // A group of a layer that somebody added has no text of ours; its id is its heading.
    string GroupTitle(string group) => Text["group." + group] is { ResourceNotFound: false } title ? title : group;

    /// <summary>Is a layer not drawn at a zoom of the map (256-pixel tiles)? Its tiles have 512 pixels, which are one zoom less.</summary>
    public static bool IsBeyond(LayerDefinition layer, double? zoom) => zoom - 1 < layer.Zooms.Min;

    bool IsTooFar(LayerDefinition layer) => Visible.Contains(layer.Id) && Counts.GetValueOrDefault(layer.Id) > 0 && IsBeyond(layer, Zoom);

    Task Toggle(LayerDefinition layer, bool isShown)
    {
        IEnumerable<string> visible = isShown ? [.. Visible, layer.Id] : Visible.Where(id => id != layer.Id);
        return VisibleChanged.InvokeAsync(visible.ToHashSet());
    }

    int Percent(LayerDefinition layer) => (int)Math.Round(100 * (Opacities?.GetValueOrDefault(layer.Id, 1) ?? 1));

    Task Fade(LayerDefinition layer, object? percent)
    {
        var opacities = new Dictionary<string, double>(Opacities ?? new Dictionary<string, double>());
        opacities.Remove(layer.Id);
        if (int.TryParse(percent as string, NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share is >= 0 and < 100)
            opacities[layer.Id] = share / 100.0;
        return OpacitiesChanged.InvokeAsync(opacities);
    }

    // On what a number changes in, so that nothing moves.
    string? Pending => ArePending ? "pending" : null;

    string? LegendCount(LayerDefinition layer, LayerPart part)
        => LegendCounts?.GetValueOrDefault(layer.Id)?.TryGetValue(part, out var count) == true ? (count.IsExact ? "" : "≈ ") + Whole(count.Number) : null;

    // What was explained once stays, whatever is asked next, so that nothing below it moves.
    bool Explains(LayerDefinition layer, LayerPart part)
        => _explained.Contains((layer.Id, part)) || LayerLegend.Explains(layer, part, LegendCounts?.GetValueOrDefault(layer.Id)) && _explained.Add((layer.Id, part));

    // Definitions, code lists and the page's language stay as they are.
    IReadOnlyList<(LayerPart Part, string Color)> LegendOf(LayerDefinition layer)
        => _legends.TryGetValue(layer.Id, out var known) ? known : _legends[layer.Id] = LayerLegend.Of(layer, catalog);

    string DotOf(LayerDefinition layer, LayerPart part, string color) => $"--color:{color}" + (layer.Style.IconOf(part.Key) is { } icon ? $";--icon:url({AssetRoot}/icons/{icon}.svg)" : "");

    string Checked(LayerDefinition layer, LayerPart part) => Filters.Of(layer.Id) is var filter && filter.Has(part) ? "true" : filter.HasSome(part) ? "mixed" : "false";

    Task Switch(LayerDefinition layer, LayerPart part)
        => FiltersChanged.InvokeAsync(Filters.With(layer.Id, Filters.Of(layer.Id).Switch(part, part.IsStatus ? LayerParts.Statuses(layer, catalog) : LayerParts.Majors(layer, catalog))));
}
