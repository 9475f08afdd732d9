using System.Net;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Access.People;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Signing in, step by step, and what ends it.</summary>
public sealed class SignInTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Fact]
    public async Task Who_gives_the_right_password_gets_in_and_comes_to_where_they_wanted_to_go()
    {
        var (_, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();

        var page = await SignInServer.SignIn(browser, name, password, "/sign-in?to=%2Fanalysis");

        Assert.EndsWith("/analysis", page.Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/layers"));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var (_, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();
        var page = await SignInServer.Open(browser);
        using var response = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([.. page.Hidden, new("Name", name), new("Password", password)]));

        var cookie = response.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("cityops.session=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_and_a_name_that_nobody_has_are_answered_alike_until_they_lock()
    {
        var (_, name, _) = await server.Person(Role.Viewer);

        Assert.Equal(await Faults(name), await Faults("nobody-of-that-name"));
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_and_the_right_one_does_not_open_any_more()
    {
        var (_, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();
        for (var left = SignInServer.MostFailures; left > 0; left--)
            await SignInServer.SignIn(browser, name, "wrong");

        Assert.StartsWith("Too many attempts", (await SignInServer.SignIn(browser, name, password)).Fault);
    }

    [Fact]
    public async Task An_administrator_unlocks()
    {
        var (id, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();
        for (var left = SignInServer.MostFailures; left > 0; left--)
            await SignInServer.SignIn(browser, name, "wrong");

        await server.Get<PersonRegister>().Unlock(id);

        Assert.NotNull((await SignInServer.SignIn(browser, name, password)).Location);
    }

    [Fact]
    public async Task Who_got_a_password_from_somebody_else_chooses_another_before_anything_else()
    {
        var (_, name, given) = await server.Person(Role.Viewer, mustChange: true);
        using var browser = server.Browser();
        var page = await SignInServer.SignIn(browser, name, given);
        Assert.Equal("NewPassword", page.Step);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(browser, "/api/layers"));

        page = await SignInServer.Send(browser, page, ("NewPassword", given), ("Repeated", given));
        Assert.StartsWith("This is the old password", page.Fault);
        page = await SignInServer.Send(browser, page, ("NewPassword", "password1234"), ("Repeated", "password1234"));
        Assert.StartsWith("This is a password that many people use", page.Fault);
        page = await SignInServer.Send(browser, page, ("NewPassword", "kettle on the moon"), ("Repeated", "kettle on the moon"));

        Assert.NotNull(page.Location);
        Assert.NotNull((await SignInServer.SignIn(server.Browser(), name, "kettle on the moon")).Location);
    }

    [Fact]
    public async Task The_second_step_asks_for_a_code_that_counts_once()
    {
        var (id, name, password) = await server.Person(Role.Viewer);
        await TurnOn(id, password);
        using var browser = server.Browser();
        var page = await SignInServer.SignIn(browser, name, password);
        Assert.Equal("Code", page.Step);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(browser, "/api/layers"));

        var code = await CodeOf(id);
        Assert.NotNull((await SignInServer.Send(browser, page, ("Code", code))).Location);

        using var thief = server.Browser();
        var again = await SignInServer.Send(thief, await SignInServer.SignIn(thief, name, password), ("Code", code));
        Assert.StartsWith("The code is wrong or was used", again.Fault);
    }

    [Fact]
    public async Task The_second_step_is_switched_on_with_the_password_only_and_by_a_code_that_then_was_used()
    {
        var (id, name, password) = await server.Person(Role.Viewer);
        Assert.Equal(SignInFault.Wrong, (await server.Get<OwnAccount>().BeginTwoFactor(id, "somebody at an open page")).Fault);
        Assert.Null((await server.Get<OwnAccount>().BeginTwoFactor(id, password)).Fault);
        var code = await CodeOf(id);
        Assert.NotNull(await server.Get<OwnAccount>().ConfirmTwoFactor(id, code));
        using var browser = server.Browser();

        var page = await SignInServer.SignIn(browser, name, password);
        Assert.StartsWith("The code is wrong or was used", (await SignInServer.Send(browser, page, ("Code", code))).Fault);
        // Who is at a page that was left open sees the key of the app no more.
        Assert.Equal("", (await server.Get<OwnAccount>().BeginTwoFactor(id, password)).Key);
    }

    [Fact]
    public async Task A_recovery_code_counts_once_and_stands_nowhere_in_the_database()
    {
        var (id, name, password) = await server.Person(Role.Viewer);
        var codes = await TurnOn(id, password);
        using var browser = server.Browser();

        Assert.NotNull((await SignInServer.Send(browser, await SignInServer.SignIn(browser, name, password), ("Code", codes[0]))).Location);
        using var other = server.Browser();
        Assert.NotNull((await SignInServer.Send(other, await SignInServer.SignIn(other, name, password), ("Code", codes[0]))).Fault);
        using var third = server.Browser();
        Assert.NotNull((await SignInServer.Send(third, await SignInServer.SignIn(third, name, password), ("Code", codes[1]))).Location);

        var kept = string.Join('\n', await server.Database.Rows($"select value from access.person_token where user_id = '{id}'"));
        Assert.DoesNotContain(codes, code => kept.Contains(code, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(await KeyOf(id), kept, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Rights_that_are_taken_away_hold_at_the_next_request()
    {
        var (id, name, password) = await server.Person(Role.Analyst);
        using var browser = server.Browser();
        await SignInServer.SignIn(browser, name, password);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/export/components.csv?preview"));

        await server.Get<PersonRegister>().SetRights(id, [Role.Viewer.Id], seesWholeCity: true, new());

        Assert.Equal(HttpStatusCode.Forbidden, await Status(browser, "/export/components.csv?preview"));
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/layers"));
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("end")]
    [InlineData("disable")]
    [InlineData("password")]
    public async Task A_session_that_has_ended_opens_nothing(string way)
    {
        var (id, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();
        await SignInServer.SignIn(browser, name, password);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/layers"));
        using var copy = Copy(browser);

        await (way switch
        {
            "sign-out" => browser.PostAsync("/sign-out", null),
            "end" => server.Get<Sessions>().EndAll(id),
            "disable" => server.Get<PersonRegister>().SetDisabled(id, true),
            _ => (Task)server.Get<PersonRegister>().ResetPassword(id),
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(copy, "/api/layers"));
    }

    [Fact]
    public async Task A_session_ends_when_nobody_did_anything_and_after_its_longest_time()
    {
        var sessions = server.Get<Sessions>();
        var (id, _, _) = await server.Person(Role.Viewer);
        var (idle, old) = (await sessions.Begin(id, "password", null, null, TimeSpan.FromHours(1), new(AuditKind.SignedIn, "test")), await sessions.Begin(id, "password", null, null, TimeSpan.FromHours(1), new(AuditKind.SignedIn, "test")));
        await server.Database.Run($"update access.session set seen_at = seen_at - interval '31 minutes' where id = '{idle}'; update access.session set ends_at = begun_at where id = '{old}'");

        Assert.Null(await sessions.Find(idle, TimeSpan.FromMinutes(30), isUsed: true));
        Assert.Null(await sessions.Find(old, TimeSpan.FromMinutes(30), isUsed: true));
    }

    [Fact]
    public async Task A_write_from_a_page_of_another_site_is_refused()
    {
        var (_, name, password) = await server.Person(Role.Administrator);
        using var browser = server.Browser();
        await SignInServer.SignIn(browser, name, password);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Headers = { { "Origin", "http://evil.example" } } };
        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/layers"));
    }

    [Fact]
    public async Task A_tile_node_on_the_same_database_knows_who_signed_in()
    {
        var (_, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();
        await SignInServer.SignIn(browser, name, password);
        await using var node = TileHost.Build(server.Options("http://127.0.0.1:0"));
        await node.StartAsync();
        using var known = Copy(browser, node.Urls.First());
        using var unknown = server.Browser(node.Urls.First());

        Assert.Equal(HttpStatusCode.OK, await Status(known, "/tiles"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(unknown, "/tiles"));
        Assert.Equal(HttpStatusCode.OK, await Status(unknown, "/health"));
    }

    [Fact]
    public async Task A_tile_node_shows_nobody_the_inside_of_a_fault_whatever_the_environment_is_called()
    {
        _ = server.Database.Source;
        var before = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        try
        {
            await using var node = TileHost.Build(server.Options("http://127.0.0.1:0"));
            Assert.Equal("Production", node.Environment.EnvironmentName);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", before);
        }
    }

    [Fact]
    public async Task A_person_without_a_scope_sees_nothing_and_one_with_a_scope_is_asked_with_it()
    {
        var (id, _, _) = await server.Person(Role.Viewer, new JurisdictionScope());
        var directory = server.Get<PersonDirectory>();
        Assert.True((await directory.Find(id))!.Rights.ToCaller().Scope!.IsEmpty);
        var scope = new JurisdictionScope { Districts = ["350203"], Communities = ["350205001001"], Departments = ["D01"] };

        await server.Get<PersonRegister>().SetRights(id, [Role.Viewer.Id], seesWholeCity: false, scope);

        Assert.Equal(scope, (await directory.Find(id))!.Rights.ToCaller().Scope);
    }

    [Fact]
    public async Task Signing_in_and_being_refused_are_in_the_log()
    {
        var (_, name, password) = await server.Person(Role.Viewer);
        using var browser = server.Browser();
        await SignInServer.SignIn(browser, name, "wrong");
        await SignInServer.SignIn(browser, name, password);

        var entries = await server.Get<AuditSearch>().Page(new(Words: name), null);

        Assert.Equal(["signed-in", "sign-in-refused", "person-added"], entries.Select(entry => entry.Kind));
        Assert.Equal(name, entries[0].Who);
        Assert.Equal("127.0.0.1", entries[0].Address);
        Assert.DoesNotContain(password, string.Concat(entries.Select(entry => entry.ToString())), StringComparison.Ordinal);
    }

    static async Task<HttpStatusCode> Status(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path);
        return response.StatusCode;
    }

    // What somebody who copied the cookie has.
    CookieBrowser Copy(CookieBrowser browser, string? root = null)
    {
        var copy = server.Browser(root);
        copy.DefaultRequestHeaders.Add("Cookie", browser.Cookies);
        return copy;
    }

    async Task<string[]> Faults(string name)
    {
        using var browser = server.Browser();
        var faults = new List<string>();
        for (var left = SignInServer.MostFailures + 1; left > 0; left--)
            faults.Add((await SignInServer.SignIn(browser, name, "wrong")).Fault!);
        return [.. faults];
    }

    async Task<IReadOnlyList<string>> TurnOn(Guid id, string password)
    {
        Assert.Null((await server.Get<OwnAccount>().BeginTwoFactor(id, password)).Fault);
        // The code that switches it on is one of the half minute before, so that the one of now is left for signing in.
        return (await server.Get<OwnAccount>().ConfirmTwoFactor(id, AuthenticatorApp.Code(await KeyOf(id), DateTimeOffset.UtcNow.AddSeconds(-30))))!;
    }

    Task<string> KeyOf(Guid id) => server.WithPerson(id, async (people, person) => (await people.GetAuthenticatorKeyAsync(person))!);

    async Task<string> CodeOf(Guid id) => AuthenticatorApp.Code(await KeyOf(id), DateTimeOffset.UtcNow);
}
