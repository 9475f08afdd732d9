using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Tells over every page that the reader's way of signing in was changed, until he knows of it or says that it was not he: then his other sessions end and administrators, whom this
/// tells too, see to it (OWASP ASVS 2.2.3).
/// </summary>
public sealed partial class CredentialBar(
    CredentialNotices notices, NoticeWords words, SessionCallers callers, NavigationManager navigation, IStringLocalizer<AccessText> texts)
{
    const int Most = 3;
    IReadOnlyList<CredentialNotice> _own = [], _disputed = [];
    Guid? _person, _session;
    bool _isTold;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override void Leave() => navigation.LocationChanged -= Moved;

    // Who comes by other ways than signing in has no way of signing in.
    protected override async Task OnInitializedAsync()
    {
        _session = Authentication is null ? null : SessionCookie.SessionOf((await Authentication).User);
        if (_session is null || !Guid.TryParse(Caller?.Id, out var person))
            return;
        _person = person;
        navigation.LocationChanged += Moved;
        await LookNow();
    }

    void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(LookNow);

    protected override async Task Look()
    {
        if (_person is not { } person)
            return;
        var own = await notices.Open(person, Most, Closing);
        var disputed = Caller!.May(Permission.Administer) ? await notices.Disputed(Most, Closing) : [];
        if (own.SequenceEqual(_own) && disputed.SequenceEqual(_disputed))
            return;
        (_own, _disputed) = (own, disputed);
        StateHasChanged();
    }

    async Task Confirm()
    {
        await notices.Confirm(_person!.Value, _own.Select(one => one.Id), Closing);
        await LookNow();
    }

    async Task Dispute()
    {
        await notices.Dispute(_person!.Value, _own.Select(one => one.Id), _session, Caller!.Name, Closing);
        callers.Forget();
        _isTold = true;
        await LookNow();
    }

    async Task Settle(CredentialNotice notice)
    {
        await notices.Settle(notice, Caller!.Name, Closing);
        await LookNow();
    }
}
