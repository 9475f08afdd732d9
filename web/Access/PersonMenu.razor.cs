using CityOps.Gis.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Who is signed in, what they may, and the ways to their account, their own figures, to administration and out.</summary>
public sealed partial class PersonMenu(IStringLocalizer<AccessText> texts, IStringLocalizer<AssessmentText> assessmentTexts)
{
    Caller? _caller;
    bool _isPerson, _isOpen;

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    protected override async Task OnParametersSetAsync()
    {
        if (Authentication is null)
            return;
        var user = (await Authentication).User;
        _caller = user.Identity?.IsAuthenticated == true ? CallerIdentity.CallerOf(user) : null;
        _isPerson = SessionCookie.SessionOf(user) is not null;
    }

    void Key(KeyboardEventArgs key) => _isOpen &= key.Key != "Escape";

    static string Initial(string name) => System.Globalization.StringInfo.GetNextTextElement(name).ToUpperInvariant();

    string RolesOf(Caller caller) => string.Join(" · ", caller.Roles.Select(role => Text["role." + role].Value));

    string WhereOf(Caller caller) => caller.Scope is not { } scope ? Text["WholeCity"]
        : scope.IsEmpty ? Text["NoScope"]
        : Text["ScopeCounts", scope.Districts.Count + scope.Subdistricts.Count + scope.Communities.Count + scope.Grids.Count, scope.Departments.Count];
}
