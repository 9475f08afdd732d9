using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Patrols;

/// <summary>Patrols of a day: who was in which grids, how much of each was covered, and the tracks of the person that is open. Day and person stand in the address.</summary>
public sealed partial class PatrolsPage(
    IStringLocalizer<PatrolText> texts, IStringLocalizer<UiText> pageTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, PatrolDays days, PatrolRecords records, PatrolWords words)
{
    const int MostRows = 300;
    const string CoverageOverlay = "coverage", TrackOverlay = "track", TrackColor = "#d6249f", NoteColor = "#e8590c";

    // Not covered at all is grey; the others go from a colour that warns to one that is at rest.
    static readonly Dictionary<string, string> CoverageColors = new() { ["none"] = "#8a97a3", ["0"] = "#c0562b", ["1"] = "#c79a00", ["2"] = "#2563a8", ["3"] = "#2e8b57" };
    static readonly Dictionary<string, string> s_trackColors = new() { ["track"] = TrackColor, ["note"] = NoteColor };
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<MapOverlay> _overlays = [];
    IReadOnlyList<Attendance>? _people;
    IReadOnlyList<GridCoverage> _grids = [];
    IReadOnlyList<Patrol> _patrols = [];
    IReadOnlyList<PatrolNote> _notes = [];
    PatrolsAddress _address = new();
    Attendance? _open;
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    MapView? _map;
    string? _fault;
    int _version;
    bool _isReady;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<PatrolText> Text => texts;
    Caller Me => Caller ?? Gis.Access.Caller.Current;
    DateOnly Day => _address.Day ?? words.Today;
    string LanguageUrl => UiLanguage.In(navigation.ToAbsoluteUri(_address.ToString()).ToString(), UiLanguage.Current == "zh" ? "en" : "zh");

    protected override TimeSpan Interval => TimeSpan.FromSeconds(30);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _address = PatrolsAddress.Parse(navigation.Uri);
        _mapTexts = ToolTexts.Of(pageTexts);
        var layers = catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && layer.Group is "spine" or "base").ToList();
        (_drawn, _visible) = ([.. layers.Select(layer => DrawnLayers.Of(layer, catalog))], layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id).ToHashSet());
        _land = _drawn.FirstOrDefault(layer => layer.Id == "districts");
        try
        {
            await Read();
            // The map begins where somebody was.
            (_bounds, _isReady) = (await BoundsOf(_open is null ? _grids.Where(grid => grid.Share > 0) : _grids.Where(grid => grid.People > 0)) ?? await places.City(Closing), true);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    // A day that is over changes only where somebody was without a network.
    protected override Task Look() => _address.Day is null ? ReadAgain() : Task.CompletedTask;

    async Task ReadAgain()
    {
        using var _ = Me.Enter();
        await Read();
        StateHasChanged();
    }

    async Task Read()
    {
        var (address, day) = (_address, Day);
        var people = await days.People(day, Closing);
        var open = people.FirstOrDefault(one => one.PersonId == address.Person);
        var grids = people.Count == 0 ? [] : await days.Grids(day, open?.PersonId, Closing);
        var (patrols, notes) = open is null ? ([], []) : (await records.Of(open.PersonId, day, Closing), await records.NotesOf(open.PersonId, day, Closing));
        if (address != _address)
            return;
        var isNew = _people is null || open != _open || !grids.SequenceEqual(_grids) || notes.Count != _notes.Count;
        (_people, _open, _grids, _patrols, _notes) = (people, open, grids, patrols, notes);
        if (isNew)
            _overlays = Drawn(day, open?.PersonId);
    }

    List<MapOverlay> Drawn(DateOnly day, string? person)
    {
        var (version, question) = (++_version, $"day={PatrolWords.Text(day)}{(person is null ? "" : "&person=" + Uri.EscapeDataString(person))}");
        var coverage = new MapOverlay(CoverageOverlay, $"/api/patrols/coverage?{question}", CoverageColors["none"]) { ColorProperty = "kind", Colors = CoverageColors, LabelProperty = "label", Version = version };
        return person is null ? [coverage] : [coverage, new(TrackOverlay, $"/api/patrols/tracks?{question}", TrackColor) { ColorProperty = "kind", Colors = s_trackColors, LabelProperty = "label", Arrows = true, Version = version }];
    }

    async Task<MapBounds?> BoundsOf(IEnumerable<GridCoverage> grids)
    {
        MapBounds? all = null;
        foreach (var grid in grids.Take(MostRows))
            if (await places.Bounds(grid.Code, Closing) is { } box)
                all = all is null ? box : new(Math.Min(all.West, box.West), Math.Min(all.South, box.South), Math.Max(all.East, box.East), Math.Max(all.North, box.North));
        return all;
    }

    Task Show(GridCoverage grid) => _map?.MarkOverlay(CoverageOverlay, grid.Code) ?? Task.CompletedTask;

    Task Show(PatrolNote note) => _map?.MarkOverlay(TrackOverlay, note.Id.ToString()) ?? Task.CompletedTask;

    void ChooseDay(ChangeEventArgs change)
    {
        if (PatrolsAddress.ParseDay(Convert.ToString(change.Value, CultureInfo.InvariantCulture)) is { } day)
            navigation.NavigateTo((_address with { Day = day == words.Today ? null : day }).ToString());
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != PatrolsAddress.Path)
            return;
        _address = PatrolsAddress.Parse(change.Location);
        StateHasChanged();
        await Rounds.Once(ReadAgain, Closing);
        if (_map is not null && await BoundsOf(_grids.Where(grid => grid.Share > 0)) is { } bounds)
            await _map.Fit(bounds);
    });
}
