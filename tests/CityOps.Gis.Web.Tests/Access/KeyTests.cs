using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.Keys;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Keys of devices and scripts.</summary>
public sealed class KeyTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    [InlineData("X-Api-Key")]
    public async Task A_key_opens_by_each_of_the_three_ways(string way)
    {
        var key = await Make(Permission.View);

        Assert.Equal(HttpStatusCode.OK, await Status("/ogc/collections", key, way));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("/ogc/collections", key[..^1] + (key[^1] == 'a' ? 'b' : 'a'), way));
    }

    [Fact]
    public async Task A_key_may_only_what_it_was_given()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await Status("/export/components.csv", await Make(Permission.View)));
        Assert.Equal(HttpStatusCode.OK, await Status("/export/components.csv", await Make(Permission.View, Permission.Export)));
    }

    [Fact]
    public async Task Who_tries_keys_out_is_written_down_once_for_a_while_and_nothing_of_what_may_be_a_password()
    {
        foreach (var wrong in new[] { "cgk_wrong_key_of_somebody", "my password of elsewhere" })
            Assert.Equal(HttpStatusCode.Unauthorized, await Status("/ogc/collections", wrong, "Basic"));

        Assert.Equal(1, await server.Database.Value<long>("select count(*) from cityops.audit_entry where kind = 'key-refused' and address is not null"));
        Assert.Equal(0, await server.Database.Value<long>("select count(*) from cityops.audit_entry where subject like '%password%' or subject like '%of_somebody%'"));
    }

    [Fact]
    public async Task A_key_never_administers_whoever_asks_for_it_and_whatever_the_database_says()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Make(Permission.View, Permission.Administer));
        var (id, text) = await server.Get<ApiKeys>().Make("climber", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1), "test");
        await server.Database.Run($"update access.api_key set permissions = array['View', 'Administer'] where id = {id}");

        var caller = (await server.Get<ApiKeys>().Find(text, null))!.ToCaller();
        Assert.True(caller.May(Permission.View));
        Assert.False(caller.May(Permission.Administer));
    }

    [Fact]
    public async Task A_key_that_was_revoked_or_has_expired_opens_nothing()
    {
        var (revoked, expired) = (await Make(Permission.View), await Make(Permission.View));
        var keys = await server.Get<ApiKeys>().List();
        await server.Get<KeyRegister>().Revoke(keys.Single(key => revoked.StartsWith(key.Prefix, StringComparison.Ordinal)));
        await server.Database.Run($"update access.api_key set expires_at = clock_timestamp() where prefix = '{expired[..12]}'");

        Assert.Equal(HttpStatusCode.Unauthorized, await Status("/tiles", revoked));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("/tiles", expired));
    }

    [Fact]
    public async Task A_key_sees_its_scope_and_stands_nowhere_in_the_database()
    {
        var scope = new JurisdictionScope { Districts = ["350203"] };
        var (_, text) = await server.Get<ApiKeys>().Make("scoped", [Permission.View], scope, DateTimeOffset.UtcNow.AddDays(1), "test");

        Assert.Equal(scope, (await server.Get<ApiKeys>().Find(text, null))!.ToCaller().Scope);
        Assert.Empty(await server.Database.Rows($"select 1 from access.api_key k where k::text like '%{text[12..]}%'"));
        Assert.Equal("1", Assert.Single(await server.Database.Rows("select count(*) from access.api_key where name = 'scoped' and used_at is not null")));
    }

    [Theory]
    [InlineData("GDAL_HTTP_HEADERS", "Authorization: Bearer ")]
    [InlineData("GDAL_HTTP_USERPWD", "gdal:")]
    public async Task GDAL_reads_layers_with_a_key(string setting, string before)
    {
        Assert.Contains("components", Ogrinfo(setting, before + await Make(Permission.View)), StringComparison.Ordinal);
        Assert.DoesNotContain("components", Ogrinfo(setting, before + "cgk_unknown"), StringComparison.Ordinal);
    }

    string Ogrinfo(string setting, string value)
    {
        var start = new ProcessStartInfo("ogrinfo", ["-ro", "-q", $"OAPIF:{server.Root}/ogc"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment[setting], start.Environment["CPL_VSIL_CURL_NON_CACHED"]) = (value, "/vsicurl/http://127.0.0.1");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return output;
    }

    async Task<string> Make(params Permission[] permissions) => (await server.Get<KeyRegister>().Make("test", permissions, null, DateTimeOffset.UtcNow.AddDays(1))).Text;

    async Task<HttpStatusCode> Status(string path, string key, string way = "Bearer")
    {
        using var browser = server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (way == "X-Api-Key")
            request.Headers.Add(way, key);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue(way, way == "Basic" ? Convert.ToBase64String(Encoding.UTF8.GetBytes("gdal:" + key)) : key);
        using var response = await browser.SendAsync(request);
        return response.StatusCode;
    }
}
