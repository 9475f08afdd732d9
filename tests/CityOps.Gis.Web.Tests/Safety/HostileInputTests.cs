using System.Net;
using System.Text;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>What was made to break the server gets an answer like any other bad question. Each case broke it once.</summary>
public sealed class HostileInputTests(SafeServer server) : IClassFixture<SafeServer>
{
    const string OtherCrs = "&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4490";

    public static TheoryData<string> Addresses => new()
    {
        "/ogc/collections/components/items?filter=BBOX(" + OtherCrs,
        "/ogc/collections/components/items?filter-lang=cql2-json&filter=" + Uri.EscapeDataString("""{"op":"=","op":"<","args":[1,1]}""") + OtherCrs,
        "/ogc/collections/components/items?filter=" + Uri.EscapeDataString("S_WITHIN(geom,POINT(" + new string('1', 6_000) + "))") + OtherCrs,
        "/ogc/collections/components/items?filter=POINT" + Uri.EscapeDataString(new string(' ', 1_500) + "x") + OtherCrs,
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_filter_that_was_made_to_break_the_server_is_answered_like_any_other(string address)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = await server.Http.GetAsync(address, limit.Token);
        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Fact]
    public async Task A_place_with_many_blanks_is_searched_for_as_fast_as_any_other()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = await server.Http.GetAsync("/search?q=" + Uri.EscapeDataString("1314400" + new string(' ', 80) + "2808°0"), limit.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_feature_that_says_a_field_twice_is_refused()
    {
        using var body = new StringContent("""{"type":"Feature","geometry":null,"properties":{"code":"1","code":"2"}}""", Encoding.UTF8, "application/geo+json");
        using var answer = await server.Http.PostAsync("/ogc/collections/components/items", body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
