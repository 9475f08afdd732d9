using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Access;

/// <summary>The map over <see cref="Coast"/> for people who sign in.</summary>
public sealed class SignInMap() : HostedMap(Coast.Sql)
{
    public const int MostFailures = 3;
    int _people;

    protected override GisWebOptions With(GisWebOptions options) => options with { Access = new() { MostFailures = MostFailures, Relied = TimeSpan.FromSeconds(1) } };

    /// <summary>A person with a name of their own.</summary>
    /// <param name="scope">Null for the whole city.</param>
    public async Task<(Guid Id, string Name, string Password)> Person(Role role, JurisdictionScope? scope = null)
    {
        _ = Database.Source;
        var name = $"person{Interlocked.Increment(ref _people)}";
        var (id, password, fault) = await Services.GetRequiredService<PersonRegister>().Add(name, name, [role.Id], scope is null, scope ?? new(), mustChange: false);
        Assert.Null(fault);
        return (id, name, password);
    }

    /// <summary>A browser in which a person has signed in and come to an address.</summary>
    public async Task<MapTab> SignedIn(Role role, string address = "/account", string language = "zh-CN")
    {
        var (_, name, password) = await Person(role);
        var tab = await Blank(language);
        await tab.Page.GotoAsync(Root + address);
        await SignIn(tab, name, password);
        return tab;
    }

    /// <summary>Fills in the form that is open.</summary>
    public static async Task SignIn(MapTab tab, string name, string password)
    {
        await tab.Page.FillAsync("#name", name);
        await tab.Page.FillAsync("#password", password);
        await tab.Page.ClickAsync("button[type=submit]");
    }
}
