using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

/// <summary>A citizens' portal by Open311 GeoReport v2.</summary>
public sealed class Open311Tests(CaseServer server) : IClassFixture<CaseServer>
{
    [Fact]
    public async Task A_report_becomes_a_case_whose_state_the_portal_asks_for_in_both_formats()
    {
        using var sent = await Report("json", ("service_code", "06010"), ("lat", "24.402"), ("long", "118.002"), ("description", "路边有垃圾"), ("address_string", "厦港路 1 号"), ("phone", "13900000000"));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var number = JsonDocument.Parse(await Text(sent)).RootElement[0].GetProperty("service_request_id").GetString()!;

        var told = JsonDocument.Parse(await Text(await Get($"requests/{number}.json"))).RootElement[0];
        Assert.Equal(("open", "06010", "厦港路 1 号", 24.402), (told.GetProperty("status").GetString(), told.GetProperty("service_code").GetString(), told.GetProperty("address").GetString(), told.GetProperty("lat").GetDouble()));
        var xml = XDocument.Parse(await Text(await Get($"requests.xml?service_request_id={number},none&status=open"))).Root!;
        Assert.Equal(("service_requests", number), (xml.Name.LocalName, xml.Element("request")!.Element("service_request_id")!.Value));
        Assert.Equal("hotline|路边有垃圾", Assert.Single(await server.Database.Rows($"select c.case_source, m.note from gis.cases c join cases.move m using (fid) where c.case_number = '{number}'")));
        Assert.Empty(JsonDocument.Parse(await Text(await Get($"requests.json?service_request_id={number}&status=closed"))).RootElement.EnumerateArray());
        Assert.DoesNotContain("13900000000", string.Join(' ', await server.Database.Rows("select m::text from cases.move m")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_the_classes_of_one_edition()
    {
        var services = JsonDocument.Parse(await Text(await Get("services.json"))).RootElement.EnumerateArray().ToList();
        Assert.Equal(services.Count, services.Select(one => one.GetProperty("service_code").GetString()).Distinct().Count());
        Assert.Contains(services, one => one.GetProperty("service_code").GetString() == "06010");
        Assert.Equal(services.Count, XDocument.Parse(await Text(await Get("services.xml"))).Root!.Elements("service").Count());
    }

    [Theory]
    [InlineData("service_code", "none")]
    [InlineData("lat", "")]
    [InlineData("lat", "north")]
    public async Task A_report_that_lacks_something_is_answered_by_the_standards_error(string name, string value)
    {
        var fields = new Dictionary<string, string> { ["service_code"] = "06010", ["lat"] = "24.402", ["long"] = "118.002", ["description"] = "x", [name] = value };
        using var answer = await Report("xml", [.. fields.Select(one => (one.Key, one.Value))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = XDocument.Parse(await Text(answer)).Root!;
        Assert.Equal(("errors", "400"), (errors.Name.LocalName, errors.Element("error")!.Element("code")!.Value));
        Assert.NotEqual("", errors.Element("error")!.Element("description")!.Value);
    }

    [Theory]
    [InlineData("requests/E0000.json", HttpStatusCode.NotFound)]
    [InlineData("requests.json?start_date=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("requests.json?status=lost", HttpStatusCode.BadRequest)]
    [InlineData("services.txt", HttpStatusCode.NotFound)]
    [InlineData("requests.json?start_date=2026-01-01T00:00:00Z", HttpStatusCode.OK)]
    public async Task A_question_that_cannot_be_answered_is_said_to_be_so(string path, HttpStatusCode status)
    {
        using var answer = await Get(path);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_not_report_cannot_do_it_by_this_way_and_who_does_not_see_a_case_does_not_hear_of_it()
    {
        using var refused = await server.Send("viewer", HttpMethod.Post, "/open311/v2/requests.json", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var sent = await Report("json", ("service_code", "06010"), ("lat", "24.402"), ("long", "118.002"), ("description", "x"));
        var number = JsonDocument.Parse(await Text(sent)).RootElement[0].GetProperty("service_request_id").GetString();
        using var hidden = await server.Send("stranger", HttpMethod.Get, $"/open311/v2/requests/{number}.json");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    Task<HttpResponseMessage> Get(string path) => server.Send("leader", HttpMethod.Get, "/open311/v2/" + path);

    Task<HttpResponseMessage> Report(string format, params (string Key, string Value)[] fields)
        => server.Send("leader", HttpMethod.Post, $"/open311/v2/requests.{format}", new FormUrlEncodedContent(fields.Select(one => KeyValuePair.Create(one.Key, one.Value))));

    static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
