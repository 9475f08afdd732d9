using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>A person as administrators see and change them: name, roles, scope, ways in, sessions.</summary>
public sealed partial class PersonForm(IStringLocalizer<AccessText> texts, PersonDirectory directory, PersonRegister register, FieldText values)
{
    readonly HashSet<string> _roles = [];
    ListedPerson? _person;
    JurisdictionScope _scope = new();
    bool _wholeCity, _asks;
    string _name = "";
    string? _fault, _done, _password;
    int _version;

    [Parameter, EditorRequired]
    public required Guid PersonId { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    protected override Task OnInitializedAsync() => Read();

    async Task Read()
    {
        if (await directory.Find(PersonId) is not { } person)
            return;
        (_person, _name, _scope, _wholeCity) = (person, person.Rights.Name, person.Rights.Scope, person.Rights.SeesWholeCity);
        _roles.Clear();
        _roles.UnionWith(person.Rights.Roles);
        _version++;
    }

    Task Save() => Do(async () =>
    {
        var renamed = _name == _person!.Rights.Name ? null : await register.Rename(PersonId, _name);
        return renamed ?? await register.SetRights(PersonId, _roles, _wholeCity, _scope);
    });

    async Task Do(Func<Task<PersonFault?>> work)
    {
        var fault = await work();
        _fault = fault is { } reason ? PersonFaults.Sentence(reason, _person!.Rights.UserName).In(UiLanguage.Current) : null;
        (_done, _password) = (fault is null ? Text["Saved"].Value : null, null);
        if (fault is not null)
            return;
        await Read();
        await OnChanged.InvokeAsync();
    }

    async Task GivePassword()
    {
        (_password, _fault, _done) = (await register.ResetPassword(PersonId), null, null);
        await Read();
    }

    Task TakeOut()
    {
        _asks = false;
        return Do(() => register.TakeOut(PersonId, number => Text["FormerPerson", number]));
    }

    Task RemoveTwoFactor() => Do(async () =>
    {
        await register.RemoveTwoFactor(PersonId);
        return null;
    });
}
