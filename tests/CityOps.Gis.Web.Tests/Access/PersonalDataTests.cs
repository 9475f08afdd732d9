using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Retention;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Personal data: what a person gets to see of them, what goes with a person, and what is forgotten in time.</summary>
public sealed class PersonalDataTests(SignInServer server) : IClassFixture<SignInServer>, IAsyncLifetime
{
    static readonly JurisdictionScope s_west = new() { Districts = ["350203"] };
    static bool s_isFilled;

    public async ValueTask InitializeAsync()
    {
        if (server.Database.ConnectionString == "" || s_isFilled)
            return;
        s_isFilled = true;
        await server.Database.Run(SmallCity.Sql);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_person_gets_what_is_stored_about_him_and_nothing_of_others()
    {
        var (own, browser, name) = await AtWork("甲来访");
        var (_, other, _) = await AtWork("乙来访");

        using var answer = await browser.GetAsync("/account/data.json", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var data = JsonDocument.Parse(text).RootElement;

        Assert.Equal((HttpStatusCode.OK, "my-data.json", true), (answer.StatusCode, answer.Content.Headers.ContentDisposition?.FileName, answer.Headers.CacheControl?.NoStore));
        Assert.Equal((name, "grid-manager", "district:350203"), (data.GetProperty("account")[0].GetProperty("user_name").GetString(), data.GetProperty("account")[0].GetProperty("roles")[0].GetString(), data.GetProperty("account")[0].GetProperty("scope")[0].GetString()));
        Assert.Equal(["report"], Texts(data, "case_moves", "move"));
        Assert.Equal(["甲来访的视图"], Texts(data, "views", "name"));
        Assert.Equal(["collector-valid"], Texts(data, "assessment_figures", "indicator"));
        Assert.Equal(3, data.GetProperty("track").GetArrayLength());
        Assert.Single(data.GetProperty("sessions").EnumerateArray());
        Assert.Contains("signed-in", Texts(data, "audit_log", "kind"));
        Assert.DoesNotContain("乙来访", text, StringComparison.Ordinal);
        Assert.Contains("my-data.json", (await server.Get<AuditSearch>().Page(new(Who: own.ToString(), Kind: AuditKind.FileTaken), null)).Select(entry => entry.Subject));

        // A case that lies outside his scope by now is not told again.
        await server.Get<PersonRegister>().SetRights(own, [Role.GridManager.Id], seesWholeCity: false, new() { Districts = ["350206"] });
        Assert.Empty((await browser.GetFromJsonAsync<JsonElement>("/account/data.json", TestContext.Current.CancellationToken)).GetProperty("case_moves").EnumerateArray());
        browser.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task Neither_a_key_nor_somebody_who_has_not_signed_in_gets_data_of_anybody()
    {
        using var nobody = server.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/account/data.json", TestContext.Current.CancellationToken)).StatusCode);
        var (_, key) = await server.Get<KeyRegister>().Make("reader", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1));
        nobody.DefaultRequestHeaders.Add("X-Api-Key", key);
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync("/account/data.json", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task With_a_person_go_name_tracks_and_ways_in_and_what_he_did_stays_under_a_pseudonym()
    {
        const string name = "丙离职";
        var (id, browser, userName) = await AtWork(name);
        browser.Dispose();
        var register = server.Get<PersonRegister>();
        await server.Get<Sessions>().Begin(id, Sessions.ByPassword, "10.0.0.3", "Firefox", TimeSpan.FromHours(1), new(AuditKind.SignedIn, userName));
        var fid = await server.Database.Value<long>($"select fid from cases.move where who_id = '{id}'");
        var before = await server.Database.Rows($"select at, move, who_id, note from cases.move where fid = {fid}");
        Assert.Equal(PersonFault.StillIn, await register.TakeOut(id, number => "离职人员-" + number));
        await register.SetDisabled(id, isDisabled: true);

        Assert.Null(await register.TakeOut(id, number => "离职人员-" + number));

        var person = (await server.Get<PersonDirectory>().Find(id))!;
        Assert.StartsWith("former-", person.Rights.UserName, StringComparison.Ordinal);
        Assert.Equal((true, true, 0), (person.IsDisabled, person.TakenOutAt is not null, person.Rights.Roles.Count));
        Assert.Equal(before, await server.Database.Rows($"select at, move, who_id, note from cases.move where fid = {fid}"));
        Assert.Equal(person.Rights.Name, await server.Database.Value<string>($"select who from cases.move where fid = {fid}"));
        foreach (var table in new[] { "cityops.track_point where person_id", "cityops.officer_position where person_id", "cityops.saved_view where owner", "access.session where person_id::text", "access.notice where person_id::text" })
            Assert.Equal(0, await server.Database.Value<long>($"select count(*) from {table} = '{id}'"));
        // Nowhere but in the audit log does the name stand any more.
        Assert.Equal(["cityops.audit_entry"], await Holding(name));
        Assert.Equal(["cityops.audit_entry"], await Holding(userName));
        // Histories are added to only, as before.
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => server.Database.Run($"update cases.move set who = 'x' where fid = {fid}"));
        Assert.Equal(PersonFault.Gone, await register.SetDisabled(id, isDisabled: false));
        var entry = Assert.Single(await server.Get<AuditSearch>().Page(new(Kind: AuditKind.PersonTakenOut, Words: person.Rights.UserName), null));
        Assert.DoesNotContain(name, entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_it_is_kept_is_forgotten_and_nothing_else()
    {
        var (id, name, _) = await server.Person(Role.GridManager);
        await server.Database.Run($"""
            insert into detections.scene (fid, camera, kind, status, first_seen, last_seen, confidence, x, y, w, h, case_fid)
            select n, 1, 'laundry', status, seen, seen, 0.9, 0, 0, 1, 1, case_fid from (values
                (9001, 'rejected', now() - interval '31 days', null::bigint), (9002, 'rejected', now() - interval '29 days', null), (9003, 'confirmed', now() - interval '400 days', 5), (9004, 'waiting', now() - interval '31 days', null),
                (9005, 'gone', now() - interval '31 days', 6)) one(n, status, seen, case_fid);
            insert into detections.picture select fid, 'surest', last_seen, 0.9, 0, 0, 1, 1, 1, 1, '\xffd8ff', '\xffd8ff' from detections.scene where fid between 9001 and 9005;
            insert into cameras.snapshot values (9001, now() - interval '31 days', 1, 1, '\xffd8ff', '\xffd8ff'), (9002, now() - interval '29 days', 1, 1, '\xffd8ff', '\xffd8ff');
            insert into access.session (person_id, way, address, begun_at, ends_at) select '{id}', 'password', 'old-' || days, now() - interval '1 day' * (days + 1), now() - interval '1 day' * days from unnest(array[91, 89]) days;
            insert into cityops.officer_position values ('old-one', '{name}', now() - interval '91 days', ST_SetSRID(ST_MakePoint(118, 24.4), 4490)), ('new-one', '{name}', now() - interval '89 days', ST_SetSRID(ST_MakePoint(118, 24.4), 4490));
            insert into cityops.patrol select gen_random_uuid(), '{id}', '{name}', now() - interval '1 day' * days, now() - interval '1 day' * days from unnest(array[1096, 1094]) days;
            insert into cityops.grid_visit (person_id, day, grid_code, who, minutes, meters, share) select '{id}', current_date - days, '350203001001001', '{name}', 1, 1, 1 from unnest(array[1097, 1093]) days;
            """);

        var forgotten = await server.Get<RetentionSweeper>().Sweep(TestContext.Current.CancellationToken);

        Assert.Equal((2, 1, 1, 1, 1, 1), (forgotten["pictures"], forgotten["snapshots"], forgotten["sessions"], forgotten["positions"], forgotten["patrols"], forgotten["visits"]));
        Assert.Equal(["9002", "9003", "9005"], await server.Database.Rows("select scene from detections.picture where scene between 9001 and 9005 order by 1"));
        Assert.Equal(["old-89"], await server.Database.Rows($"select address from access.session where person_id = '{id}' and address like 'old-%'"));
        Assert.Equal(["new-one"], await server.Database.Rows("select person_id from cityops.officer_position where person_id like '%-one'"));
        Assert.Equal(5, await server.Database.Value<long>("select count(*) from detections.scene where fid between 9001 and 9005"));
    }

    // A grid manager who signed in, reported a case, walked, and kept a view.
    async Task<(Guid Id, CookieBrowser Browser, string UserName)> AtWork(string name)
    {
        _ = server.Database.Source;
        var userName = "u-" + Guid.NewGuid().ToString("N")[..8];
        var (id, password, fault) = await server.Get<PersonRegister>().Add(userName, name, [Role.GridManager.Id], seesWholeCity: false, s_west, mustChange: false);
        Assert.Null(fault);
        var browser = server.Browser();
        Assert.NotNull((await SignInServer.SignIn(browser, userName, password)).Location);
        using var reported = await browser.PostAsJsonAsync("/api/cases", new { classCode = "06012", note = "有垃圾", longitude = 118.002, latitude = 24.402 });
        Assert.Equal(HttpStatusCode.Created, reported.StatusCode);
        var begun = DateTimeOffset.UtcNow.AddMinutes(-5);
        using var sent = await browser.PostAsJsonAsync("/api/patrols/track", new { points = Enumerable.Range(0, 3).Select(at => new { at = begun.AddSeconds(at * 10), longitude = 118.002 + at * 0.0001, latitude = 24.402, accuracy = 5.0 }) });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        await server.Database.Run($"""
            insert into assessment.period (id, begins, ends, closed_by) values ('2020-01', '2020-01-01', '2020-02-01', 'x') on conflict do nothing;
            insert into assessment.figure values ('2020-01', 'collector', '', '{id}', 'collector-valid', '{name}', 1, 2, 50, 40)
            """);
        using (new Caller(id.ToString(), name, Role.GridManager.Permissions, s_west).Enter())
            await server.Get<SavedViews>().Save(id.ToString(), name + "的视图", "/?at=12/24.4/118", TestContext.Current.CancellationToken);
        return (id, browser, userName);
    }

    static IEnumerable<string?> Texts(JsonElement data, string part, string field) => data.GetProperty(part).EnumerateArray().Select(one => one.GetProperty(field).GetString());

    // Tables of the product in whose rows a word stands.
    async Task<IEnumerable<string>> Holding(string word)
    {
        var found = new List<string>();
        foreach (var table in await server.Database.Rows("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition
            and n.nspname in ('gis', 'cityops', 'cases', 'access', 'assessment', 'special', 'command', 'cameras', 'detections', 'devices') order by 1
            """))
            if (await server.Database.Value<bool>($"select exists (select from {table} one where position('{word}' in one::text) > 0)"))
                found.Add(table);
        return found;
    }
}
