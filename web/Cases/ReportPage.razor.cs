using CityOps.Gis.Access;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Cases;

/// <summary>Where a case is reported: what it is, at which component or place, with a note and photos. Open cases that may be the same are shown before it is sent.</summary>
public sealed partial class ReportPage(
    IStringLocalizer<CaseText> texts, IStringLocalizer<UiText> pageTexts, IStringLocalizer<MapText> toolTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, FeatureStore features, FieldText values,
    CaseIntake intake, CaseDuplicates duplicates, CaseWords words) : IDisposable
{
    /// <summary>Edition whose matters are offered.</summary>
    const string Edition = "gbt47678.5-2026";
    const double NearZoom = 18;
    readonly CancellationTokenSource _closing = new();

    /// <summary>The component it is about.</summary>
    sealed record Chosen(string Code, string? Title);

    IReadOnlyList<IGrouping<string, CodeEntry>> _classes = [];
    IReadOnlyList<CodeEntry> _sources = [];
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<LikelyDuplicate> _duplicates = [];
    IReadOnlyList<NewPhoto> _photos = [];
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    MapViewport? _viewport, _seen;
    MapView? _map;
    MapPlace? _place;
    Chosen? _component;
    CaseState? _made;
    CaseRefusal? _refusal;
    Guid _token = Guid.NewGuid();
    string _class = "", _source = "collector";
    string? _note, _where, _fault;
    bool _isReady, _isBusy, _mayReport;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    // What a person wrote or photographed; class and place are chosen again in a moment.
    bool IsBegun => _made is null && (!string.IsNullOrWhiteSpace(_note) || !string.IsNullOrWhiteSpace(_where) || _photos.Count > 0);

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _mayReport = (Caller ?? Gis.Access.Caller.Current).May(Permission.ReportCases);
        _mapTexts = ToolTexts.Of(pageTexts, toolTexts);
        var layers = catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && (layer.Id == ReportAddress.ComponentLayer || layer.Group is "spine" or "base")).ToList();
        (_drawn, _visible) = ([.. layers.Select(layer => DrawnLayers.Of(layer, catalog))], layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id).ToHashSet());
        _land = _drawn.FirstOrDefault(layer => layer.Id == "districts");
        _classes = [.. (catalog.Lists.Find("event-classes")?.Entries ?? []).Where(entry => entry.Table == Edition).GroupBy(entry => $"{entry.Major} {entry.MajorName?.In(UiLanguage.Current)}")];
        _sources = catalog.Lists.Find("case-sources")?.Entries ?? [];
        try
        {
            _bounds = await places.City(_closing.Token);
            await Take(ReportAddress.Parse(navigation.Uri));
            _isReady = true;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    async Task Take(ReportAddress address)
    {
        _place = address.Place;
        if (address.Component is { } code && catalog.Find(ReportAddress.ComponentLayer) is { } layer && await features.FindByKey(layer, code, _closing.Token) is { } fid && await features.Find(layer, fid, _closing.Token) is { } component)
            await Choose(layer, component);
        if (_place is { } place)
            _viewport = new(NearZoom, place.Latitude, place.Longitude);
    }

    async Task Clicked(MapClick click)
    {
        if (_made is null && click.LayerId == ReportAddress.ComponentLayer && catalog.Find(click.LayerId) is { } layer && await features.Find(layer, click.Fid, _closing.Token) is { } component)
            await Choose(layer, component);
    }

    async Task Choose(LayerDefinition layer, Feature component)
    {
        if (component.Values.GetValueOrDefault(layer.Key) is not string code)
            return;
        _component = new(code, values.TitleOf(layer, component));
        _place = component.Geometry?.PointOnSurface is { IsEmpty: false } point ? new(point.X, point.Y) : _place;
        if (_class.Length == 0 && MatterOf(component) is { } matter)
            _class = matter;
        await Look();
    }

    // A component and the matter of its fault share a code in GB/T 47678.5; older classes name their successor.
    string? MatterOf(Feature component)
    {
        var (code, table) = (component.Values.GetValueOrDefault("class_code") as string, component.Values.GetValueOrDefault("class_table") as string);
        var entry = catalog.Lists.Find("component-classes")?.Entries.FirstOrDefault(one => one.Code == code && (table is null || one.Table == table));
        var wanted = entry?.Table == Edition ? entry.Code : entry?.Successor;
        return _classes.SelectMany(major => major).FirstOrDefault(one => one.Code == wanted)?.Code;
    }

    Task ChooseClass(string? code)
    {
        _class = code ?? "";
        return Look();
    }

    Task PutMarker()
    {
        if (_seen is { } seen)
            _place = new(seen.Longitude, seen.Latitude);
        else if (_bounds is { } city)
            _place = new((city.West + city.East) / 2, (city.South + city.North) / 2);
        return Look();
    }

    Task MoveMarker(MapPlace place)
    {
        _place = place;
        return Look();
    }

    Task DropComponent()
    {
        _component = null;
        return Look();
    }

    async Task Look()
        => _duplicates = _place is { } place && (_class.Length > 0 || _component is not null) ? await duplicates.Of(_class, place.Longitude, place.Latitude, _component?.Code, _closing.Token) : [];

    async Task Send()
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            var outcome = await intake.Report(new(_class, _note ?? "")
            {
                ClassTable = Edition, ComponentCode = _component?.Code, Place = _place is { } place ? (place.Longitude, place.Latitude) : null, Address = string.IsNullOrWhiteSpace(_where) ? null : _where.Trim(), Source = _source,
                Title = _component?.Title is { } name ? $"{name}：{words.OfClass(_class)}" : null, Photos = _photos, Token = _token,
            }, _closing.Token);
            (_made, _refusal) = (outcome.State, outcome.Refusal);
        }
        finally
        {
            _isBusy = false;
        }
    }

    void Again() => (_made, _note, _photos, _component, _class, _duplicates, _token) = (null, null, [], null, "", [], Guid.NewGuid());

    static string CaseAddress(long fid) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/?feature={CaseTables.LayerId}/{fid}");
}
