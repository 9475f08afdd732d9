using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Cases;

/// <summary>The cases that wait for the caller, by the deadline of their stage, as a list and on the map; the one that is open beside them. Which one that is stands in the address.</summary>
public sealed partial class TasksPage(
    IStringLocalizer<CaseText> texts, IStringLocalizer<UiText> pageTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, LayerStatistics statistics, CaseTasks tasks)
{
    const string Overlay = "tasks";
    const double NearZoom = 17;

    // As long as a colleague's move may take to be seen; the page asks for one number, and for the tasks only where that has changed.
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<MapOverlay> _overlays = [];
    IReadOnlyList<CaseTask>? _tasks;
    TasksAddress _address = new((long?)null);
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    MapViewport? _viewport;
    bool _isPlaced;
    MapView? _map;
    DateTimeOffset _now;
    long _count, _layerVersion;
    int _version;
    string? _fault;
    bool _hasDuties;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _mapTexts = ToolTexts.Of(pageTexts);
        (_drawn, _visible, _land) = CaseMaps.Ground(catalog);
        _hasDuties = CaseMoves.Duties(Caller ?? Gis.Access.Caller.Current).Any();
        try
        {
            _bounds = await places.City(Closing);
            await Count();
            await Take(TasksAddress.Parse(navigation.Uri));
            _isPlaced = true;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    async Task Count()
    {
        _layerVersion = (await statistics.Versions(Closing)).GetValueOrDefault(CaseTables.LayerId);
        (_tasks, _count) = await tasks.Of(Closing);
        _now = Clock.GetUtcNow();
        _overlays = [CaseMaps.ByUrgency(Overlay, "/api/cases/tasks/places", ++_version)];
    }

    // Rows keep their elements, so neither the list nor the open case loses its place.
    protected override async Task Look()
    {
        using var _ = (Caller ?? Gis.Access.Caller.Nobody).Enter();
        if ((await statistics.Versions(Closing)).GetValueOrDefault(CaseTables.LayerId) != _layerVersion)
            await Count();
        _now = Clock.GetUtcNow();
        StateHasChanged();
    }

    async Task Take(TasksAddress address)
    {
        _address = address;
        if (address.Case is not { } fid)
            return;
        if (_tasks?.FirstOrDefault(task => task.Fid == fid) is not { } task)
            return;
        if (_map is null)
            _viewport = new(NearZoom, task.Latitude, task.Longitude);
        else
        {
            await _map.MarkOverlay(Overlay, fid.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await _map.Reveal(task.Longitude, task.Latitude, CasePanel.Pixels);
        }
    }

    void Open(long? fid) => navigation.NavigateTo(new TasksAddress(fid).ToString());

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != TasksAddress.Path)
            return;
        await Take(TasksAddress.Parse(change.Location));
        StateHasChanged();
    });
}
