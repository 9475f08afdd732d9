using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Access.People;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Nothing about people, rights, keys and sessions is changed that the audit log does not tell of: where the entry cannot be written, nothing was done.</summary>
public sealed class ToldTogetherTests(SignInServer server) : IClassFixture<SignInServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        if (server.Database.ConnectionString != "")
            await server.Database.Run("""
                create or replace function cityops.lose_entry() returns trigger language plpgsql as $$ begin raise exception 'the log is full'; end $$;
                create trigger lose_entry before insert on cityops.audit_entry for each row when (new.subject like 'doomed%') execute function cityops.lose_entry()
                """);
    }

    public async ValueTask DisposeAsync()
    {
        if (server.Database.ConnectionString != "")
            await server.Database.Run("drop trigger lose_entry on cityops.audit_entry");
    }

    [Fact]
    public async Task A_person_is_not_added_and_keeps_rights_name_and_password()
    {
        var register = server.Get<PersonRegister>();
        await Undone(() => register.Add("doomed", "doomed", [Role.Viewer.Id], seesWholeCity: true, new()));
        Assert.Null(await register.Find("doomed"));

        var (id, password, _) = await register.Add("safe", "safe", [Role.Viewer.Id], seesWholeCity: true, new(), mustChange: false);
        await server.Database.Run($"update access.person set user_name = 'doomed-' || user_name where id = '{id}'");
        var before = await State(id);
        await Undone(() => register.SetRights(id, [Role.Administrator.Id], seesWholeCity: true, new()));
        await Undone(() => register.Rename(id, "another"));
        await Undone(() => register.SetDisabled(id, isDisabled: true));
        await Undone(() => register.ResetPassword(id));
        await Undone(() => register.RemoveTwoFactor(id));
        await Undone(() => server.Get<OwnAccount>().ChangePassword(id, password, "木棉花开在鹭岛的清晨六点", null));
        Assert.Equal(before, await State(id));
    }

    [Fact]
    public async Task A_key_is_not_made_and_not_revoked()
    {
        var register = server.Get<KeyRegister>();
        await Undone(() => register.Make("doomed", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Equal(0L, await server.Database.Value<long>("select count(*) from access.api_key where name = 'doomed'"));

        var (id, text) = await server.Get<ApiKeys>().Make("doomed", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1), "test");
        var key = (await server.Get<ApiKeys>().List()).Single(one => one.Id == id);
        await Undone(() => register.Revoke(key));
        Assert.NotNull(await server.Get<ApiKeys>().Find(text, null));
    }

    [Fact]
    public async Task A_session_goes_on()
    {
        var (id, _, _) = await server.Person(Role.Viewer);
        var session = await server.Get<Sessions>().Begin(id, Sessions.ByPassword, null, null, TimeSpan.FromHours(1), new(AuditKind.SignedIn, "safe"));
        await Undone(() => server.Get<Sessions>().End(session, new(AuditKind.SessionEnded, "doomed")));
        await Undone(() => server.Get<Sessions>().EndAll(id, new AuditEvent(AuditKind.SessionEnded, "doomed")));
        Assert.NotNull(await server.Get<Sessions>().Find(session, TimeSpan.FromHours(1), isUsed: false));
    }

    [Fact]
    public async Task A_session_does_not_begin_and_the_password_of_somebody_else_stays()
    {
        var (id, _, _) = await server.Person(Role.Viewer);
        await Undone(() => server.Get<Sessions>().Begin(id, Sessions.ByPassword, null, null, TimeSpan.FromHours(1), new(AuditKind.SignedIn, "doomed")));
        Assert.Equal(0L, await server.Database.Value<long>($"select count(*) from access.session where person_id = '{id}'"));

        var given = await server.Get<PersonRegister>().Add("given", "given", [Role.Viewer.Id], seesWholeCity: true, new());
        await server.Database.Run($"update access.person set user_name = 'doomed-given' where id = '{given.Id}'");
        using var browser = server.Browser();
        var page = await SignInServer.SignIn(browser, "given", given.Password);
        Assert.Equal("NewPassword", page.Step);
        var before = await State(given.Id);
        Assert.Null((await SignInServer.Send(browser, page, ("NewPassword", "kettle on the moon"), ("Repeated", "kettle on the moon"))).Location);
        Assert.Equal(before, await State(given.Id));
    }

    static Task Undone(Func<Task> change) => Assert.ThrowsAsync<PostgresException>(change);

    async Task<string> State(Guid id) => string.Join('\n', await server.Database.Rows($"""
        select p::text from access.person p where p.id = '{id}' union all select r::text from access.person_role r where r.person_id = '{id}' union all select s::text from access.person_scope s where s.person_id = '{id}'
        """));
}
