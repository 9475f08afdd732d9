using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Devices;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Devices;

/// <summary>The product over the city of <see cref="Streets"/> with devices that report, for people whom a cookie names.</summary>
public sealed class DeviceMap() : HostedMap(Streets.Sql + """
    insert into gis.devices (device_id, name, kind, geom)
    select kind || '-' || number, name || number || '号', kind, ST_SetSRID(ST_MakePoint(118.0745 + number * 0.0003, lat), 4490)
    from (values ('gas-pressure', '燃气调压箱', 24.4640), ('construction-noise', '工地噪声仪', 24.4645), ('sewage-level', '污水液位计', 24.4650), ('smoke', '烟感', 24.4635)) kinds(kind, name, lat), generate_series(1, 3) number;
    """)
{
    const string Cookie = "test-person";

    static readonly Dictionary<string, Caller> s_people = new[]
    {
        Of("林海", Role.GridManager, new() { Districts = ["350203"] }), Of("访客", Role.Viewer, null), Of("外区", Role.GridManager, new() { Districts = ["350299"] }),
    }.ToDictionary(one => one.Id!);

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

    /// <summary>A device sends something; done when it is stored.</summary>
    public async Task Sends(string device, object message)
    {
        var outcome = await Services.GetRequiredService<DeviceIntake>().Take(Caller.Product, device, JsonSerializer.SerializeToUtf8Bytes(message), TestContext.Current.CancellationToken);
        Assert.Null(outcome.Fault);
    }

    public Task<long> Fid(string device) => Database.Value<long>($"select fid from gis.devices where device_id = '{device}'");

    static Caller Of(string name, Role role, JurisdictionScope? scope) => new(name, name, role.Permissions, scope) { Roles = [role.Id] };
}
