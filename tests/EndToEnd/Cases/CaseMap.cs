using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web;

namespace CityOps.Gis.Tests.EndToEnd.Cases;

/// <summary>The product over the city of <see cref="Streets"/> for people of several roles, whom a cookie names.</summary>
public sealed class CaseMap() : HostedMap(Streets.Sql, isEditable: true)
{
    const string Cookie = "test-person";

    /// <summary>Somebody with an account of his own, as tasks are sent to single people.</summary>
    public const string Walker = "6f0c1f6e-3c63-4b53-9a57-4a3f0a1c2e11";

    static readonly Dictionary<string, Caller> s_people = new[]
    {
        Of("林海", Role.GridManager, new() { Districts = ["350203"] }), Of("陈丽", Role.ShiftLeader, null), Of("王强", Role.Dispatcher, null), Of("周敏", Role.DepartmentOfficer, new() { Departments = ["11"] }), Of("吴桐", Role.DepartmentOfficer, new() { Departments = ["2"] }), Of("访客", Role.Viewer, null), Of("管理员", Role.Administrator, null), Of("许东", Role.GridManager, new() { Districts = ["350203"] }) with { Id = Walker },
    }.ToDictionary(one => one.Name);

    protected override GisWebOptions With(GisWebOptions options)
        => options with { Access = new() { Trusted = context => s_people.GetValueOrDefault(Uri.UnescapeDataString(context.Request.Cookies[Cookie] ?? "")) } };

    /// <summary>A browser of a person, at an address.</summary>
    public async Task<MapTab> As(string person, string address, string language = "zh-CN", int width = 1280)
    {
        var tab = await Blank(language, width);
        await tab.Page.Context.AddCookiesAsync([new() { Name = Cookie, Value = Uri.EscapeDataString(person), Url = Root }]);
        await tab.GoToPage(address);
        return tab;
    }

    static Caller Of(string name, Role role, JurisdictionScope? scope) => new(name, name, role.Permissions, scope) { Roles = [role.Id] };
}
