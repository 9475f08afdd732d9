using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Access.People;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Whoever's way of signing in was changed is told of it.</summary>
public sealed class CredentialNoticeTests(SignInServer server) : IClassFixture<SignInServer>
{
    const string Another = "木棉花开在鹭岛的清晨六点";

    [Theory]
    [InlineData("own password", "password-changed", true)]
    [InlineData("password by an administrator", "password-changed", false)]
    [InlineData("second step on", "two-factor-changed", true)]
    [InlineData("second step off", "two-factor-changed", true)]
    [InlineData("second step off by an administrator", "two-factor-changed", false)]
    [InlineData("key", "key-made", true)]
    public async Task Each_change_is_told_with_who_when_and_from_where(string what, string kind, bool isOwn)
    {
        var (id, name, password) = await server.Person(Role.Viewer);
        var (account, register) = (server.Get<OwnAccount>(), server.Get<PersonRegister>());
        using var _ = (isOwn ? Of(id, name) : new Caller(Guid.NewGuid().ToString(), "陈管", Role.Administrator.Permissions, null) { Address = "10.0.0.9" }).Enter();

        switch (what)
        {
            case "own password":
                Assert.Null(await account.ChangePassword(id, password, Another, null));
                break;
            case "password by an administrator":
                await register.ResetPassword(id);
                break;
            case "second step on":
                await TurnOn(id, password);
                break;
            case "second step off":
                await TurnOn(id, password);
                Assert.Null(await account.RemoveTwoFactor(id, password));
                break;
            case "second step off by an administrator":
                await register.RemoveTwoFactor(id);
                break;
            default:
                await server.Get<KeyRegister>().Make("nightly", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1));
                break;
        }

        var told = (await server.Get<CredentialNotices>().Open(id, 5))[0];
        Assert.Equal((kind, isOwn, isOwn ? name : "陈管", isOwn ? "10.0.0.8" : "10.0.0.9"), (told.Kind, told.IsOwn, told.Who, told.Address));
        Assert.InRange(told.At, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Who_chooses_the_first_password_is_not_told_of_it()
    {
        var (id, name, given) = await server.Person(Role.Viewer, mustChange: true);
        using var browser = server.Browser();
        var page = await SignInServer.SignIn(browser, name, given);
        Assert.NotNull((await SignInServer.Send(browser, page, ("NewPassword", Another), ("Repeated", Another))).Location);

        Assert.Empty(await server.Get<CredentialNotices>().Latest(id, 5));
    }

    [Fact]
    public async Task It_stays_until_the_person_himself_knows_of_it()
    {
        var (id, _, _) = await server.Person(Role.Viewer);
        var (other, _, _) = await server.Person(Role.Viewer);
        await server.Get<PersonRegister>().ResetPassword(id);
        var notices = server.Get<CredentialNotices>();
        var told = Assert.Single(await notices.Open(id, 5));

        await notices.Confirm(other, [told.Id]);
        await notices.Dispute(other, [told.Id], null, "other");
        Assert.Single(await notices.Open(id, 5));
        await notices.Confirm(id, [told.Id]);

        Assert.Empty(await notices.Open(id, 5));
        Assert.NotNull(Assert.Single(await notices.Latest(id, 5)).ConfirmedAt);
    }

    [Fact]
    public async Task Who_says_that_it_was_not_he_ends_the_other_sessions_and_administrators_see_to_it()
    {
        var (id, name, _) = await server.Person(Role.Viewer);
        await server.Get<PersonRegister>().RemoveTwoFactor(id);
        var (sessions, notices) = (server.Get<Sessions>(), server.Get<CredentialNotices>());
        var (own, thief) = (await Begin(id, name), await Begin(id, name));
        var told = Assert.Single(await notices.Open(id, 5));

        await notices.Dispute(id, [told.Id], own, name);

        Assert.NotNull(await sessions.Find(own, TimeSpan.FromHours(1), isUsed: false));
        Assert.Null(await sessions.Find(thief, TimeSpan.FromHours(1), isUsed: false));
        Assert.Empty(await notices.Open(id, 5));
        var disputed = Assert.Single(await notices.Disputed(50), one => one.PersonId == id);
        await notices.Settle(disputed, "陈管");
        Assert.DoesNotContain(await notices.Disputed(50), one => one.PersonId == id);
        Assert.Equal(["dispute-settled", "change-disputed"], (await server.Get<AuditSearch>().Page(new(Words: name), null)).Select(entry => entry.Kind).Take(2));
    }

    [Fact]
    public async Task No_caller_reads_or_writes_the_notices_by_a_statement_of_his_own()
    {
        foreach (var role in new[] { "cityops_caller", "cityops_city" })
            Assert.False(await server.Database.Value<bool>($"select has_schema_privilege('{role}', 'access', 'usage') or has_table_privilege('{role}', 'access.notice', 'select, insert, update')"));
    }

    static Caller Of(Guid id, string name) => new(id.ToString(), name, Role.Viewer.Permissions, null) { Address = "10.0.0.8" };

    Task<Guid> Begin(Guid id, string name) => server.Get<Sessions>().Begin(id, Sessions.ByPassword, null, null, TimeSpan.FromHours(1), new(AuditKind.SignedIn, name));

    async Task TurnOn(Guid id, string password)
    {
        var (key, _, fault) = await server.Get<OwnAccount>().BeginTwoFactor(id, password);
        Assert.Null(fault);
        Assert.NotNull(await server.Get<OwnAccount>().ConfirmTwoFactor(id, AuthenticatorApp.Code(key, DateTimeOffset.UtcNow)));
    }
}
