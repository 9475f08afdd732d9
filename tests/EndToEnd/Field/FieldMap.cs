using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Patrols;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Queries;
using CityOps.Gis.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Field;

/// <summary>The product over the city of <see cref="Streets"/> for people with phones, whom a cookie names.</summary>
public sealed class FieldMap() : HostedMap(Streets.Sql)
{
    public const double Longitude = 118.0757, Latitude = 24.4657;
    const string Cookie = "test-person";

    static readonly Dictionary<string, Caller> s_people = new[]
    {
        Of("林海", Role.GridManager, new() { Districts = ["350203"] }), Of("陈丽", Role.ShiftLeader, null), Of("王强", Role.Dispatcher, null), Of("周敏", Role.DepartmentOfficer, new() { Departments = ["11"] }),
    }.ToDictionary(one => one.Id!);

    // The phone's source of places (W3C Geolocation): that of Chromium itself, set by Playwright, says now and then that there is none.
    static readonly string Sensor = string.Create(CultureInfo.InvariantCulture, $$$"""
        (() => {
            const watching = new Map(), kept = 'place-of-the-test';
            let number = 0;
            const position = () => ({ coords: JSON.parse(localStorage.getItem(kept) ?? '{"longitude":{{{Longitude}}},"latitude":{{{Latitude}}},"accuracy":8}'), timestamp: Date.now() });
            const geolocation = {
                watchPosition(done) { watching.set(++number, done); const own = number; setTimeout(() => watching.get(own)?.(position())); return own; },
                clearWatch(own) { watching.delete(own); },
                getCurrentPosition(done) { setTimeout(() => done(position())); },
            };
            Object.defineProperty(navigator, 'geolocation', { value: geolocation, configurable: true });
            window.standAt = place => {
                localStorage.setItem(kept, JSON.stringify(place));
                watching.forEach(done => done(position()));
            };
        })();
        """);

    protected override GisWebOptions With(GisWebOptions options)
        => options with { Access = new() { Trusted = context => s_people.GetValueOrDefault(Uri.UnescapeDataString(context.Request.Cookies[Cookie] ?? "")) } };

    /// <summary>A phone in somebody's hand, in the street of the city's components, on the page that keeps itself by now.</summary>
    public async Task<MapTab> Phone(string person, string view = "report", string language = "zh-CN")
    {
        var tab = await Blank(language, 390, 844);
        await tab.Page.AddInitScriptAsync(Sensor);
        await SignIn(tab, person);
        await tab.GoToPage($"/field#{view}");
        await Ready(tab);
        await tab.Page.WaitForFunctionAsync("async () => { await navigator.serviceWorker.ready; return navigator.serviceWorker.controller !== null; }");
        return tab;
    }

    public static Task Ready(MapTab tab) => tab.Page.Locator("body[data-ready]").WaitForAsync();

    public Task SignIn(MapTab tab, string person) => tab.Page.Context.AddCookiesAsync([new() { Name = Cookie, Value = Uri.EscapeDataString(person), Url = Root }]);

    /// <summary>Where the phone is from now on.</summary>
    public static Task Stand(MapTab tab, double longitude, double latitude, double accuracy = 8)
        => tab.Page.EvaluateAsync("place => standAt(place)", new { longitude, latitude, accuracy });

    /// <summary>A page for a large screen.</summary>
    public async Task<MapTab> Desk(string person, string address, string language = "zh-CN")
    {
        var tab = await Blank(language);
        await SignIn(tab, person);
        await tab.GoToPage(address);
        return tab;
    }

    /// <summary>A case that waits for the department.</summary>
    public async Task<long> Dispatched(string note)
    {
        var (intake, desk) = (Services.GetRequiredService<CaseIntake>(), Services.GetRequiredService<CaseDesk>());
        var fid = (await As("林海", () => intake.Report(new("06012", note) { Place = (Longitude, Latitude) }))).State!.Fid;
        Assert.True((await As("陈丽", () => desk.Move(fid, new("file", 1)))).IsDone);
        Assert.True((await As("王强", () => desk.Move(fid, new("dispatch", 2) { Department = "11" }))).IsDone);
        return fid;
    }

    /// <summary>A track of somebody, eastwards along the street, a point every ten seconds.</summary>
    public Task<int> Walked(string person, DateTimeOffset begun, int points = 80)
        => As(person, () => Services.GetRequiredService<Tracks>().Take([.. Enumerable.Range(0, points).Select(step => new TrackFix(begun.AddSeconds(step * 10), 118.0735 + step * 0.00006, 24.4657 + 0.0002 * Math.Sin(step / 6.0), 8))]));

    public async Task<T> As<T>(string person, Func<Task<T>> work)
    {
        using var _ = s_people[person].Enter();
        return await work();
    }

    static Caller Of(string name, Role role, JurisdictionScope? scope) => new(name, name, role.Permissions, scope) { Roles = [role.Id] };
}
