using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Adds a person, and shows their first password once.</summary>
public sealed partial class NewPerson(IStringLocalizer<AccessText> texts, PersonRegister register)
{
    readonly HashSet<string> _roles = [Gis.Access.Role.Viewer.Id];
    JurisdictionScope _scope = new();
    bool _wholeCity;
    string _userName = "", _name = "";
    string? _fault, _password;

    [Parameter]
    public EventCallback OnMade { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    static string Typed(ChangeEventArgs change) => change.Value as string ?? "";

    async Task Make()
    {
        var (_, password, fault) = await register.Add(_userName.Trim(), _name, _roles, _wholeCity, _scope);
        _fault = fault is { } reason ? PersonFaults.Sentence(reason, _userName).In(UiLanguage.Current) : null;
        if (fault is not null)
            return;
        _password = password;
        await OnMade.InvokeAsync();
    }
}
