using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Patrols;

namespace CityOps.Gis.Web.Commands;

/// <summary>The people a new installation needs: an administrator, and for a demonstration one person of every role. Their passwords are random and said once.</summary>
static class FirstPeople
{
    /// <summary>Makes an administrator where nobody may administer.</summary>
    public static async Task EnsureAdministrator(IServiceProvider services, Output output, CancellationToken cancel)
    {
        if (await services.GetRequiredService<PersonDirectory>().HasAdministrator(cancel: cancel))
            return;
        var register = services.GetRequiredService<PersonRegister>();
        var name = await FreeName(register, "admin");
        var made = await register.Add(name, name, [Role.Administrator.Id], seesWholeCity: true, new(), cancel: cancel);
        if (made.Fault is { } fault)
            throw new CommandException(PersonFaults.Sentence(fault, name));
        output.Say($"管理员 {name} 的密码（只显示这一次，首次登录时须更改）：{made.Password}", $"Administrator {name}, password (shown this once, to be changed at the first sign-in): {made.Password}");
        output.Say("其他人员：在“管理”页添加，或用 ./cityops people add。", "Other people: on the page Administration, or by ./cityops people add.");
    }

    /// <summary>Makes a person of every role, with scopes in which the sample city has something, where the database has nobody yet.</summary>
    public static async Task MakeDemo(IServiceProvider services, Output output, CancellationToken cancel)
    {
        if ((await services.GetRequiredService<PersonDirectory>().List(new(), null, cancel)).Count > 0)
            return;
        var (register, likely) = (services.GetRequiredService<PersonRegister>(), services.GetRequiredService<LikelyScopes>());
        (string Name, Role Role, JurisdictionScope? Scope)[] people =
        [
            ("admin", Role.Administrator, null),
            ("surveyor", Role.Surveyor, null),
            ("grid-manager", Role.GridManager, await likely.Community(cancel)),
            ("operator", Role.CaseOperator, await likely.District(cancel)),
            ("leader", Role.ShiftLeader, null),
            ("dispatcher", Role.Dispatcher, null),
            ("officer", Role.DepartmentOfficer, await likely.Department(cancel)),
            ("analyst", Role.Analyst, null),
            ("viewer", Role.Viewer, await likely.District(cancel)),
        ];
        output.Say("示范人员（密码只显示这一次）：", "People of the demonstration (passwords are shown this once):");
        var rows = new List<string[]>();
        foreach (var (name, role, scope) in people)
        {
            var made = await register.Add(name, name, [role.Id], scope is null, scope ?? new(), mustChange: false, cancel: cancel);
            if (role == Role.GridManager)
                await DemoTracks.Walk(services, new(made.Id.ToString(), name, role.Permissions, scope) { Roles = [role.Id] }, DateTimeOffset.UtcNow.AddHours(-2), cancel);
            rows.Add([name, made.Password, role.Id, scope is null ? output.Language == "zh" ? "全市" : "whole city" : string.Join(' ', ScopeCodes.Of(scope))]);
        }
        output.Table(output.Language == "zh" ? ["用户名", "密码", "角色", "范围"] : ["name", "password", "role", "scope"], rows);
    }

    static async Task<string> FreeName(PersonRegister register, string wanted)
    {
        var name = wanted;
        for (var number = 2; await register.Find(name) is not null; number++)
            name = wanted + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }
}
