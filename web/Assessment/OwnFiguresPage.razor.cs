using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Npgsql;

namespace CityOps.Gis.Web.Assessment;

/// <summary>What counts for who is signed in (我的考核), and nobody else: his figures of a month in each kind of work that he did, his place, and the cases behind each figure. Month and open figure stand in the address.</summary>
public sealed partial class OwnFiguresPage(
    IStringLocalizer<AssessmentText> texts, IStringLocalizer<UiText> pageTexts, NavigationManager navigation, OwnFigures figures, AssessmentWords words, FieldText values, IJSRuntime browser) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    readonly AddressBar _bar = new(browser);
    Dictionary<AssessedKind, OwnPlace?> _places = [];
    OwnFiguresAddress _address = new();
    AssessmentPeriod? _period;
    OwnMonth? _month;
    OwnCases? _cases;
    string? _fault;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;
    Caller Me => Caller ?? Gis.Access.Caller.Current;
    string LanguageUrl => UiLanguage.In(navigation.ToAbsoluteUri(_address.ToString()).ToString(), UiLanguage.Current == "zh" ? "en" : "zh");

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _address = OwnFiguresAddress.Parse(navigation.Uri);
        try
        {
            await Take(_address);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    async Task Take(OwnFiguresAddress address)
    {
        (_address, _cases) = (address, null);
        var period = address.Period ?? AssessmentPeriod.MonthOf(await figures.LastDay(_closing.Token) ?? words.Today);
        if (address != _address)
            return;
        if (period != _period)
        {
            (_period, _month, _places) = (period, null, []);
            StateHasChanged(); // the month is named, and the steps to its neighbours go from it, before its figures are there
        }
        if (_month is null)
        {
            var month = await figures.Of(period, _closing.Token);
            if (period != _period)
                return;
            _month = month;
        }
        if (address.Indicator is { } indicator && address == _address)
        {
            var cases = await figures.Cases(period, indicator, _closing.Token);
            if (address == _address)
                _cases = cases;
        }
        // A place needs the figures of all, which takes longer: his own are there before it.
        StateHasChanged();
        foreach (var own in _month.Ratings.Where(own => !_places.ContainsKey(own.Kind)).ToList())
        {
            var place = await figures.Place(own.Kind, period, _closing.Token);
            if (period == _period)
                _places[own.Kind] = place;
        }
    }

    // The next choice may come before the browser has confirmed this one.
    Task Toggle(string indicator)
    {
        var address = new OwnFiguresAddress(_period, _address.Indicator == indicator ? null : indicator);
        _bar.Write(address.ToString(), isStep: true);
        return Take(address);
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        var address = OwnFiguresAddress.Parse(change.Location);
        if (new Uri(change.Location).AbsolutePath != OwnFiguresAddress.Path || _bar.IsOwn(address.ToString()))
            return;
        await Take(address);
        StateHasChanged();
    });
}
