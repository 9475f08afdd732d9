using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>A person's own account: what they may, the password, the second step, and where they are signed in.</summary>
public sealed partial class AccountPage(
    IStringLocalizer<AccessText> texts, PersonDirectory directory, OwnAccount account, Sessions sessions, SessionCallers callers, ScopeTitles titles, AccessOptions options,
    CredentialNotices notices, NoticeWords words, NavigationManager navigation) : IDisposable
{
    const int MostChanges = 10;
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<CredentialNotice> _changes = [];
    ListedPerson? _person;
    IReadOnlyList<(string Code, string Title)> _scope = [];
    Guid? _session;
    string _current = "", _wanted = "", _repeated = "";
    string? _passwordFault, _passwordDone, _strength;
    int _version, _level;
    bool _needsTwoSteps;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _session = SessionCookie.SessionOf(user);
        _needsTwoSteps = CallerIdentity.CallerOf(user) is { Scope: null } caller && caller.Roles.Contains(Role.Administrator.Id) && !caller.May(Permission.Administer);
        _person = Guid.TryParse(CallerIdentity.CallerOf(user).Id, out var id) ? await directory.Find(id, _closing.Token) : null;
        // Whoever comes by other ways than signing in has no account here.
        if (_person is null)
            navigation.NavigateTo("/");
        else
            (_scope, _changes) = (await titles.Of(_person.Rights.Scope, _closing.Token), await notices.Latest(_person.Rights.Id, MostChanges, _closing.Token));
    }

    static string Typed(ChangeEventArgs change) => change.Value as string ?? "";

    async Task ChangePassword()
    {
        _passwordDone = null;
        _passwordFault = _wanted != _repeated ? Text["fault.NotRepeated"].Value
            : await account.ChangePassword(_person!.Rights.Id, _current, _wanted, _session, _closing.Token) is { } fault ? Sentence(fault)
            : null;
        if (_passwordFault is not null)
            return;
        _changes = await notices.Latest(_person!.Rights.Id, MostChanges, _closing.Token);
        (_current, _wanted, _repeated, _passwordDone, _strength) = ("", "", "", Text["PasswordChanged"], null);
        _version++;
    }

    void Weigh(ChangeEventArgs change)
    {
        var typed = Typed(change);
        var strength = PasswordRules.Weigh(new() { UserName = _person!.Rights.UserName, DisplayName = _person.Rights.Name }, typed);
        SignInFault? fault = strength.Fault is { } wrong ? Enum.Parse<SignInFault>(wrong.ToString()) : typed == _current ? SignInFault.SamePassword : null;
        (_level, _strength) = (StrengthWords.LevelOf(strength, fault), typed == "" ? null : StrengthWords.Of(texts, strength, fault));
    }

    string Sentence(SignInFault fault) => fault == SignInFault.Wrong ? Text["WrongPassword"] : Text["fault." + fault, (int)options.LockedFor.TotalMinutes, PasswordRules.Least];

    async Task EndOthers()
    {
        await sessions.EndAll(_person!.Rights.Id, new(AuditKind.SessionEnded, _person.Rights.UserName), except: _session, _closing.Token);
        callers.Forget();
        _version++;
    }
}
