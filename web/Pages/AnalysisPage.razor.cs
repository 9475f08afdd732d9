using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using Npgsql;

namespace CityOps.Gis.Web.Pages;

/// <summary>Heat maps and hot spots of any layer beside their figures. The page's state lives in its address (<see cref="AnalysisAddress"/>).</summary>
public sealed partial class AnalysisPage(
    IStringLocalizer<UiText> texts, IStringLocalizer<AnalysisText> words, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, HeatAnswers answers, PartCounts parts, MapPictures pictures,
    IBrowserViewportService screen, IJSRuntime browser) : IDisposable
{
    const string UsualLayer = "components";
    const double CellMargin = 3;
    static readonly TimeSpan BusyAfter = TimeSpan.FromMilliseconds(150);

    /// <summary>Width that the panel at the right covers, pixels.</summary>
    const int PanelPixels = 392;
    readonly CancellationTokenSource _closing = new();
    readonly AddressBar _bar = new(browser);
    IReadOnlyList<LayerDefinition> _layers = [];
    IReadOnlyList<MapLayer> _ground = [];
    HashSet<string> _visible = [];
    MapLayer? _land;
    MapTexts _mapTexts = null!;
    AnalysisAddress _address = new(UsualLayer, new(new(UsualLayer)), new(), AnalysisAgainst.None, null);
    MapViewport? _viewport;
    MapBounds? _bounds;
    MapHeat? _heat;
    MapHeat? _second;
    MapView? _map;
    string? _focusUrl;
    AnalysisResult? _result;
    CancellationTokenSource? _asking;
    bool _formOpen = true;
    bool _figuresFolded;
    bool _isReady;
    bool _isBusy;
    string? _sentence;
    string? _fault;

    IStringLocalizer<UiText> Text => texts;
    LayerDefinition Layer => catalog.Find(_address.LayerId)!;

    /// <summary>Number of the chosen cell in the answer.</summary>
    int? Cell => _address.Chosen is { } id && _result?.Answer is { } answer && Enumerable.Range(0, answer.Length).FirstOrDefault(cell => answer.Id(cell) == id, -1) is >= 0 and var at ? at : null;

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
        _asking?.Dispose();
        _closing.Dispose();
    }

    // Where form and figures would cover the map they wait to be asked for.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !await screen.IsBreakpointWithinWindowSizeAsync(Breakpoint.Xs))
            return;
        (_formOpen, _figuresFolded) = (false, true);
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _layers = [.. catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && MapQuestion.Concerns(layer)).OrderBy(layer => layer.Id != UsualLayer)];
        _mapTexts = ToolTexts.Of(texts);
        // Roads would cover the cells.
        LayerDefinition[] ground = [.. catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && layer.Group == "spine" && layer.Style.VisibleAtStart)];
        _ground = [.. ground.Select(layer => DrawnLayers.Of(layer, catalog))];
        _visible = [.. _ground.Select(layer => layer.Id)];
        _land = _ground.FirstOrDefault(layer => layer.Id == "districts");
        try
        {
            _address = Read(navigation.Uri);
            _viewport = _address.At;
            _focusUrl = await places.Url(_address.Question.Area, _closing.Token);
            _bounds = await places.Bounds(_address.Question.Area, _closing.Token) ?? await places.City(_closing.Token);
            _isReady = true;
            _ = Answer();
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = Text["NoDatabase"];
            WaitForDatabase();
        }
    }

    AnalysisAddress Read(string uri) => AnalysisAddress.Parse(uri, catalog, catalog.Find(UsualLayer) ?? _layers[0]);

    Task Ask(MapQuestion question) => Ask(_address with { Question = question });

    async Task Ask(AnalysisAddress address)
    {
        var isElsewhere = address.Question.Area != _address.Question.Area;
        Write(address, isStep: true);
        await Take(isElsewhere);
    }

    async Task Take(bool isElsewhere)
    {
        if (isElsewhere)
        {
            _focusUrl = await places.Url(_address.Question.Area, _closing.Token);
            if (_map is not null && (await places.Bounds(_address.Question.Area, _closing.Token) ?? await places.City(_closing.Token)) is { } bounds)
                await _map.Fit(bounds);
        }
        await Answer();
    }

    // A newer question takes the place of one that is still being answered.
    async Task Answer()
    {
        _asking?.Cancel();
        using var asking = _asking = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        _ = ShowBusy(asking);
        var (address, layer) = (_address, Layer);
        try
        {
            if (Sentence(address.Of(layer)) is { } misfit)
                Say(misfit);
            else
                Show(await Task.Run(() => AnalysisResult.Of(answers, parts, address, layer, asking.Token), asking.Token));
        }
        catch (HeatRefusedException refused)
        {
            Say(refused.Sentence.In(UiLanguage.Current));
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            Say(Text["NoDatabase"]);
        }
        catch (OperationCanceledException) when (ReferenceEquals(_asking, asking) && !_closing.IsCancellationRequested)
        {
            _sentence = Text["AnalysisCancelled"];
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (!ReferenceEquals(_asking, asking))
            return;
        (_asking, _isBusy) = (null, false);
        StateHasChanged();
    }

    void Cancel() => _asking?.Cancel();

    // What is answered at once needs no sign that it is being worked on.
    async Task ShowBusy(CancellationTokenSource asking)
    {
        await Task.Delay(BusyAfter);
        if (!ReferenceEquals(_asking, asking) || _closing.IsCancellationRequested)
            return;
        _isBusy = true;
        StateHasChanged();
    }

    void Say(string sentence) => (_result, _heat, _second, _sentence) = (null, null, null, sentence);

    // What the form lets people choose may still contradict itself: a period compared needs both its days.
    string? Sentence(HeatQuestion question)
    {
        if (_address.LacksSecond(Layer))
            return _address.Against switch { AnalysisAgainst.Layer => words["AgainstNeedsLayer"], AnalysisAgainst.Own => words["AgainstNeedsPeriods"], _ => Text["AgainstNeedsPeriod"] };
        var faults = HeatRules.Contradictions(question, new HashSet<string>()).Concat(HeatRules.Misfits(question, catalog)).ToList();
        return faults.Count == 0 ? null : string.Join(' ', faults.Select(fault => fault.In(UiLanguage.Current)));
    }

    void Show(AnalysisResult result)
    {
        (_result, _sentence) = (result, null);
        (_heat, _second) = (Drawn(result.Answer), result.Second is null ? null : Drawn(result.Second));
    }

    MapHeat? Drawn(HeatAnswer answer)
    {
        var url = $"/heat/{answer.Layer.Id}/{{z}}/{{x}}/{{y}}.mvt?{HeatQuestionText.Format(answer.Question)}";
        return answer switch
        {
            { Question.Cell: HeatCellKind.Department } => null,
            { Spots: not null } => new(url, "spot", -3, HeatLegend.Spots, Text["CellTip"]),
            _ => new(url, "class", 0, answer.Legend.Colors, Text["CellTip"]),
        };
    }

    void Choose(string? cell) => Write(_address with { Chosen = cell }, isStep: false);

    async Task GoTo(int cell)
    {
        if (_result?.Answer is not { } answer)
            return;
        Choose(answer.Id(cell));
        if (_map is not null && BoundsOf(answer, cell) is { } bounds)
            await _map.Fit(bounds);
    }

    // Slice after slice is no way back.
    async Task Cut(AnalysisStep? step)
    {
        Write(_address with { Step = step }, isStep: step?.Slice is null);
        await Answer();
    }

    static MapBounds? BoundsOf(HeatAnswer answer, int cell)
    {
        if (answer.Lattice is null)
            return answer.AreaOf(cell) is >= 0 and var area && answer.Areas!.Shapes[area] is { EnvelopeInternal: { IsNull: false } box } ? new(box.MinX, box.MinY, box.MaxX, box.MaxY) : null;
        if (answer.Centre(cell) is not var (longitude, latitude))
            return null;
        var (height, width) = (CellMargin * answer.Question.Size / 111_200, CellMargin * answer.Question.Size / 111_200 / Math.Cos(latitude * Math.PI / 180));
        return new(longitude - width, latitude - height, longitude + width, latitude + height);
    }

    void Moved(MapViewport viewport) => Write(_address with { At = viewport }, isStep: false);

    void Write(AnalysisAddress address, bool isStep)
    {
        if (address.ToString() == _address.ToString())
            return;
        _address = address;
        _bar.Write(address.ToString(), isStep);
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change)
    {
        if (!new Uri(change.Location).AbsolutePath.StartsWith("/analysis", StringComparison.Ordinal))
            return;
        var address = Read(change.Location);
        if (!_bar.IsOwn(address.ToString()))
            _ = InvokeAsync(async () =>
            {
                var isElsewhere = address.Question.Area != _address.Question.Area;
                (_address, _viewport) = (address, address.At is { } view && view != _address.At ? view with { } : _viewport);
                await Take(isElsewhere && address.At is null);
                StateHasChanged();
            });
    }
}
