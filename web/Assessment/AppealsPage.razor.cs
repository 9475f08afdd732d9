using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Appeals (申诉) with the one that is open and its answer, or a new one. Which, stands in the address.</summary>
public sealed partial class AppealsPage(IStringLocalizer<AssessmentText> texts, NavigationManager navigation, AppealList list, AppealDesk desk, AssessmentWords words, FieldText values) : IDisposable
{
    static readonly AppealState?[] States = [null, AppealState.Open, AppealState.Accepted, AppealState.Rejected, AppealState.Withdrawn];
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<Appeal>? _appeals;
    IReadOnlyList<NewPhoto> _photos = [];
    AppealsAddress _address = new();
    AppealMatter? _matter;
    Appeal? _appeal;
    CaseRefusal? _refusal;
    Guid _token;
    string? _reason;
    bool _isRead, _isBusy, _mayAppeal, _isAsked;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;
    Caller Me => Caller ?? Gis.Access.Caller.Current;

    // As the database has it: assessment.is_of_centre().
    bool IsOfCentre => Me.May(Permission.SuperviseCases) && Me.Scope is not { Departments.Count: > 0 };

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        await Take(AppealsAddress.Parse(navigation.Uri));
    }

    async Task Take(AppealsAddress address)
    {
        (_address, _matter, _appeal, _refusal, _reason, _photos, _isRead, _isAsked, _token) = (address, null, null, null, null, [], false, false, Guid.NewGuid());
        await Read();
    }

    async Task Read()
    {
        var address = _address;
        var appeals = await list.All(address.State, _closing.Token);
        var appeal = address.Appeal is { } id ? await list.Find(id, _closing.Token) : null;
        var (matter, mayAppeal) = address.IsNew ? await Matter(address) : (null, false);
        if (address == _address)
            (_appeals, _appeal, _matter, _mayAppeal, _isRead) = (appeals, appeal, matter, mayAppeal, true);
    }

    async Task<(AppealMatter? Matter, bool MayAppeal)> Matter(AppealsAddress address)
    {
        var matter = address.Check is { } check ? await list.OfCheck(check, _closing.Token) : await list.OfCase(address.Indicator!, address.Of!, address.Case!.Value, _closing.Token);
        if (matter is null)
            return (null, false);
        if (matter.Kind?.IsPerson() == true)
            return (matter, matter.Object == Me.Id);
        var (department, grid) = matter.IsCheck ? await list.AssessedBy(matter.Fid, _closing.Token) : matter.Kind == AssessedKind.Department ? (matter.Object, null) : (null, matter.Object);
        return (matter, await desk.MayAppeal(department, grid, _closing.Token));
    }

    Task Send() => Do(async () =>
    {
        var outcome = await desk.Make(new(_reason ?? "") { Check = _address.Check, Case = _address.Case, Indicator = _address.Indicator, Object = _address.Of, Period = _address.Period, Photos = _photos, Token = _token }, _closing.Token);
        _refusal = outcome.Refusal;
        if (outcome.Id is not { } id)
            return;
        (_reason, _photos) = (null, []);
        // Nothing is unsaved any more, and leaving asks no question.
        StateHasChanged();
        navigation.NavigateTo(new AppealsAddress(Appeal: id).ToString());
    });

    Task Answer(bool isAccepted) => Do(async () =>
    {
        _refusal = (await desk.Answer(_appeal!.Id, isAccepted, _reason, _closing.Token)).Refusal;
        if (_refusal is not null)
            return;
        _reason = null;
        await Read();
    });

    // Where somebody has answered it meanwhile, his answer is shown with the sentence.
    Task TakeBack() => Do(async () =>
    {
        _refusal = (await desk.Withdraw(_appeal!.Id, _closing.Token)).Refusal;
        _isAsked = false;
        await Read();
    });

    async Task Do(Func<Task> work)
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            await work();
        }
        finally
        {
            _isBusy = false;
        }
    }

    static string? BadgeOf(AppealState state) => state switch { AppealState.Open => "waiting", AppealState.Accepted => "confirmed", _ => null };

    string TitleOf(AppealMatter matter) => matter.Title ?? (matter.Number.Length > 0 ? matter.Number : texts["CaseUnseen"].Value);

    string WhatOf(AppealMatter matter) => matter.IndicatorTitle is { } title ? $"{title.In(UiLanguage.Current)} · {(matter.Kind is { } kind && kind.IsPerson() ? words.One(kind) : matter.ObjectName ?? matter.Object)}" : $"{texts["SpotCheck"]} {AssessmentWords.Points(matter.Points ?? 0)}";

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != AppealsAddress.Path)
            return;
        await Take(AppealsAddress.Parse(change.Location));
        StateHasChanged();
    });
}
