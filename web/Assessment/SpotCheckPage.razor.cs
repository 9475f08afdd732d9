using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Where a check on the spot is written down: what was found where, the points it gives or takes, and photos.</summary>
public sealed partial class SpotCheckPage(
    IStringLocalizer<AssessmentText> texts, IStringLocalizer<CaseText> caseTexts, IStringLocalizer<UiText> pageTexts, IStringLocalizer<MapText> toolTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places,
    CaseDepartments known, SpotChecks checks, AssessmentWords words) : IDisposable
{
    const double NearZoom = 17;
    const int MonthsBack = 3;
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<(string Code, string Name)> _departments = [];
    IReadOnlyList<AssessmentPeriod> _periods = [];
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<NewPhoto> _photos = [];
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    MapViewport? _viewport, _seen;
    MapPlace? _place;
    CaseRefusal? _refusal;
    long? _made;
    string? _finding, _fault;
    string _period = "", _aspect = "", _department = "";
    double? _points;
    bool _isReady, _isBusy;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;
    IStringLocalizer<CaseText> CaseTexts => caseTexts;
    bool IsBegun => _made is null && (!string.IsNullOrWhiteSpace(_finding) || _points is not null || _photos.Count > 0);

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (!(Caller ?? Gis.Access.Caller.Current).May(Permission.SuperviseCases))
        {
            _fault = texts["CheckNotForYou"];
            return;
        }
        _mapTexts = ToolTexts.Of(pageTexts, toolTexts);
        (_drawn, _visible, _land) = CaseMaps.Ground(catalog);
        var address = SpotCheckAddress.Parse(navigation.Uri);
        (_place, _department) = (address.Place, address.Department ?? "");
        _viewport = _place is { } place ? new(NearZoom, place.Latitude, place.Longitude) : null;
        Offer(address.Period ?? AssessmentPeriod.MonthOf(words.Today));
        try
        {
            (_departments, _bounds, _isReady) = (await known.All(_closing.Token), await places.City(_closing.Token), true);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    // The months that are likely, and the period that is asked for.
    void Offer(AssessmentPeriod asked)
    {
        var month = AssessmentPeriod.MonthOf(words.Today);
        var offered = new List<AssessmentPeriod>();
        for (var back = 0; back < MonthsBack; back++, month = month.Previous)
            offered.Add(month);
        (_periods, _period) = (offered.Contains(asked) ? offered : [asked, .. offered], asked.ToString());
    }

    void PutMarker()
    {
        if (_seen is { } seen)
            _place = new(seen.Longitude, seen.Latitude);
        else if (_bounds is { } city)
            _place = new((city.West + city.East) / 2, (city.South + city.North) / 2);
    }

    async Task Send()
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            var outcome = await checks.Make(new(_finding ?? "", _points ?? 0, AssessmentPeriod.TryParse(_period) ?? AssessmentPeriod.MonthOf(words.Today))
            {
                Aspect = CaseCodes.Find<Aspect>(_aspect), Place = _place is { } place ? (place.Longitude, place.Latitude) : null, Department = _department.Length > 0 ? _department : null, Photos = _photos,
            }, _closing.Token);
            (_made, _refusal) = (outcome.Id, outcome.Refusal);
        }
        finally
        {
            _isBusy = false;
        }
    }

    void Again() => (_made, _finding, _points, _photos) = (null, null, null, []);
}
