using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>
/// Emergencies, and the command view of one: its area with who and what is there, the tasks that were sent, the log and the report. What is looked at stands in the address, and is
/// read anew while it is looked at.
/// </summary>
public sealed partial class CommandPage(
    IStringLocalizer<CommandText> texts, IStringLocalizer<UiText> pageTexts, IStringLocalizer<MapText> toolTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, EmergencyList emergencies,
    AreaPicture picture, OfficersThere there, CaseDepartments known, CaseWords words)
{
    // As tracks are drawn among patrols.
    const string OfficerColor = "#1d6b3a";
    static readonly string[] Things = ["cases", "devices", "cameras", "components"];
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<Emergency>? _all;
    IReadOnlyList<EmergencyTask> _tasks = [];
    IReadOnlyList<EmergencyEntry> _log = [];
    IReadOnlyList<GridStaff> _people = [];
    IReadOnlyList<CaseTask> _cases = [];
    IReadOnlyList<(string Code, string Name)> _departments = [];
    CommandAddress _address = new();
    Emergency? _emergency;
    AreaFigures? _figures;
    IReadOnlyList<OfficerPosition> _officers = [];
    IReadOnlyList<MapOverlay> _overlays = [];
    Geometry? _area;
    DrawnShape? _shape;
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    bool _isPlaced;
    MapView? _map;
    MapTool _tool;
    DateTimeOffset _now;
    string? _focus;
    bool _isRead;
    int _version;

    /// <summary>Of the emergency in the path; the address is read whole (<see cref="CommandAddress"/>).</summary>
    [Parameter]
    public long? Id { get; set; }

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CommandText> Text => texts;
    bool MayCommand => Caller?.May(Permission.CommandEmergencies) == true;
    IEnumerable<MapLayer> Shown => _drawn.Where(layer => Things.Contains(layer.Id));

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _mapTexts = ToolTexts.Of(pageTexts, toolTexts);
        var (ground, visible, land) = CaseMaps.Ground(catalog);
        var things = catalog.Layers.Where(layer => Things.Contains(layer.Id) && (Caller ?? Caller.Nobody).MayRead(layer)).ToList();
        (_drawn, _visible, _land) = ([.. ground, .. things.Select(layer => DrawnLayers.Of(layer, catalog))], visible.Concat(things.Where(layer => layer.Id != "components").Select(layer => layer.Id)).ToHashSet(), land);
        _address = CommandAddress.Parse(navigation.Uri);
        _departments = await known.All(Closing);
        await Begin();
        _isPlaced = true;
        await Read();
    }

    // What does not change while an emergency is on.
    async Task Begin()
    {
        _area = _address.Emergency is { } id ? await emergencies.Area(id, Closing) : null;
        _focus = _area is null ? null : FormattableString.Invariant($"/api/command/{_address.Emergency}/area");
        _people = _area is null ? [] : await picture.People(_area, Closing);
        _bounds = _area?.EnvelopeInternal is { } box ? new(box.MinX, box.MinY, box.MaxX, box.MaxY) : await places.City(Closing);
    }

    async Task Read()
    {
        var (address, area) = (_address, _area);
        if (address.Emergency is not { } id)
        {
            _all = address.IsNew ? null : await emergencies.All(Closing);
            return;
        }
        var (emergency, tasks, log) = (await emergencies.Find(id, Closing), await emergencies.Tasks(id, Closing), await emergencies.Log(id, Closing));
        var figures = area is null ? null : await picture.Figures(area, Closing);
        var cases = area is null ? [] : await picture.Cases(area, Closing);
        var officers = area is null ? [] : await there.Within(area, Closing);
        if (address.Emergency == _address.Emergency)
        {
            if (!officers.SequenceEqual(_officers))
                _overlays = [new("officers", FormattableString.Invariant($"/api/command/{id}/officers"), OfficerColor) { LabelProperty = "name", Version = ++_version }];
            _officers = officers;
            (_emergency, _tasks, _log, _figures, _cases, _isRead, _now) = (emergency, tasks, log, figures, cases, true, Clock.GetUtcNow());
        }
    }

    protected override async Task Look()
    {
        using var _ = (Caller ?? Caller.Nobody).Enter();
        await Read();
        StateHasChanged();
    }

    void Show(string layerId, bool isVisible) => _visible = isVisible ? _visible.Append(layerId).ToHashSet() : _visible.Where(id => id != layerId).ToHashSet();

    void Draw(bool isDrawing) => (_tool, _shape) = (isDrawing ? MapTool.Polygon : MapTool.None, null);

    void Drawn(DrawnShape shape) => (_tool, _shape) = (MapTool.None, shape);

    void Open(string layerId, long fid) => navigation.NavigateTo(FormattableString.Invariant($"/?feature={layerId}/{fid}"));

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (!new Uri(change.Location).AbsolutePath.StartsWith(CommandAddress.Path, StringComparison.Ordinal))
            return;
        var before = _address;
        _address = CommandAddress.Parse(change.Location);
        if (_address.Emergency != before.Emergency || _address.IsNew != before.IsNew)
        {
            (_emergency, _isRead, _tool, _shape) = (null, false, MapTool.None, null);
            await Begin();
            if (_map is not null && _bounds is not null)
                await _map.Fit(_bounds);
        }
        await Read();
        StateHasChanged();
    });
}
