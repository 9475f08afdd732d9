using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Tests.Web.Cases;
using Xunit;

namespace CityOps.Gis.Tests.Web.Assessment;

/// <summary>Ratings over HTTP, of two cases of June 2026: one closed in time in the west, one overdue in the east.</summary>
public sealed class AssessmentEndpointsTests(CaseServer server) : IClassFixture<CaseServer>, IAsyncLifetime
{
    const string Query = "period=2026-06&kind=";

    public async ValueTask InitializeAsync()
    {
        if (await server.Database.Value<long>("select count(*) from gis.cases where case_number like 'J-%'") == 0)
            await server.Database.Run("""
                insert into gis.cases (case_number, class_table, class_code, case_source, status, department, occurred_at, filed_at, dispatched_at, handled_at, closed_at, deadline, geom) values
                ('J-1', 'gbt47678.5-2026', '06010', 'collector', 'close', '11', '2026-06-02', '2026-06-02', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-04', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)),
                ('J-2', 'gbt47678.5-2026', '06010', 'hotline', 'handle', '1', '2026-06-02', '2026-06-02', '2026-06-02', null, null, '2026-06-04', ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490))
                """);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_ranking_has_the_best_first_with_all_figures()
    {
        using var answer = await server.Send("viewer", HttpMethod.Get, $"/api/assessment?{Query}district");
        var ratings = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("ratings").EnumerateArray().ToList();

        Assert.Equal([(1, "350203", "思明区", 100m, "A"), (2, "350206", "湖里区", 0m, "E")], ratings.Select(one => (
            one.GetProperty("place").GetInt32(), one.GetProperty("code").GetString(), one.GetProperty("name").GetString(), one.GetProperty("total").GetDecimal(), one.GetProperty("grade").GetString())));
        Assert.Equal(4, ratings[0].GetProperty("figures").GetArrayLength());
    }

    [Theory]
    [InlineData("collector", HttpStatusCode.OK)]
    [InlineData("viewer", HttpStatusCode.OK)]
    [InlineData("stranger", HttpStatusCode.NotFound)]
    public async Task A_photo_of_a_check_is_for_who_sees_the_check(string person, HttpStatusCode status)
    {
        var id = Guid.NewGuid();
        await server.Database.Run($"""
            insert into gis.assessments (assessment_number, indicator, score, points, period, geom) values ('{id}', '实地检查', -1, -1, '2026-06', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
            insert into assessment.photo (id, check_fid, position, width, height, bytes, small, who) select '{id}', fid, 1, 1, 1, '\xffd8ff01', '\xffd8ff', 'x' from gis.assessments where assessment_number = '{id}'
            """);
        using var answer = await server.Send(person, HttpMethod.Get, $"/api/assessment/photos/{id}");
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
            Assert.Equal(("image/jpeg", "nosniff", 4), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Content-Type-Options").Single(), (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
        await server.Database.Run($"delete from gis.assessments where assessment_number = '{id}'");
    }

    [Fact]
    public async Task An_appeal_is_made_by_who_is_assessed_and_answered_by_the_centre()
    {
        var fid = await server.Database.Value<long>("select fid from gis.cases where case_number = 'J-1'");
        Task<HttpResponseMessage> Make(string person, object body) => server.Send(person, HttpMethod.Post, "/api/assessment/appeals", JsonContent.Create(body));
        var appeal = new { reason = "已按时结案。", @case = fid, indicator = "grid-filed", @object = "350203001001003", period = "2026-06" };
        using (var refused = await Make("leader", appeal))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var missing = await Make("stranger", appeal))
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using (var empty = await Make("collector", new { reason = "" }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var made = await Make("collector", appeal);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();
        using (var again = await Make("collector", appeal))
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using (var others = await server.Send("leader", HttpMethod.Post, $"/api/assessment/appeals/{id}/withdraw"))
            Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);
        using (var back = await server.Send("collector", HttpMethod.Post, $"/api/assessment/appeals/{id}/withdraw"))
            Assert.Equal("withdrawn", (await back.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("state").GetString());
        using (var anew = await Make("collector", appeal))
            id = (await anew.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();
        using (var open = await server.Send("leader", HttpMethod.Post, $"/api/assessment/appeals/{id}/answer", JsonContent.Create(new { state = "open", reason = "x" })))
            Assert.Equal(HttpStatusCode.BadRequest, open.StatusCode);
        using var answered = await server.Send("leader", HttpMethod.Post, $"/api/assessment/appeals/{id}/answer", JsonContent.Create(new { state = "rejected", reason = "不属误计。" }));
        Assert.Equal("rejected", (await answered.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("state").GetString());
        using var seen = await server.Send("stranger", HttpMethod.Get, "/api/assessment/appeals");
        Assert.Empty((await seen.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).EnumerateArray());
    }

    [Fact]
    public async Task A_caller_with_a_scope_has_his_part_of_it()
    {
        using var answer = await server.Send("stranger", HttpMethod.Get, $"/api/assessment?{Query}grid");
        Assert.Equal("350206001001003", Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("ratings").EnumerateArray()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("viewer", "?kind=dispatcher", HttpStatusCode.Forbidden)]
    [InlineData("leader", "?kind=dispatcher", HttpStatusCode.OK)]
    [InlineData("viewer", "/book.xlsx?kind=grid", HttpStatusCode.Forbidden)]
    [InlineData("collector", "/book.xlsx?kind=collector", HttpStatusCode.Forbidden)]
    [InlineData("collector", "/areas?kind=collector", HttpStatusCode.OK)]
    public async Task People_are_rated_for_those_who_evaluate_and_workbooks_are_for_those_who_export(string person, string what, HttpStatusCode status)
    {
        using var answer = await server.Send(person, HttpMethod.Get, $"/api/assessment{what}");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Own_figures_are_of_who_asks_whatever_the_address_says()
    {
        await server.Database.Run("""
            insert into gis.cases (case_number, title, class_table, class_code, case_source, status, occurred_at, geom) values ('O-1', '暴露垃圾', 'gbt47678.5-2026', '06010', 'collector', 'collect', '2026-03-02', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline) select fid, 1, '2026-03-02 08:00+08', 'report', '', 'collect', 'collector', 'collector', 'x', null from gis.cases where case_number = 'O-1';
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline) select fid, 2, '2026-03-02 09:00+08', 'void', 'collect', 'void', 'leader', 'leader', 'x', null from gis.cases where case_number = 'O-1'
            """);
        async Task<JsonElement> Get(string person, string what)
        {
            using var answer = await server.Send(person, HttpMethod.Get, $"/api/assessment/mine{what}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        }

        var own = await Get("collector", "");
        var rating = Assert.Single(own.GetProperty("ratings").EnumerateArray());
        Assert.Equal(("collector", "2026-03", "collector", 0m, JsonValueKind.Null), (own.GetProperty("code").GetString(), own.GetProperty("period").GetString(), rating.GetProperty("kind").GetString(), rating.GetProperty("total").GetDecimal(), rating.GetProperty("place").ValueKind));
        Assert.Equal(3, rating.GetProperty("figures").GetArrayLength());
        var behind = await Get("collector", "/cases?period=2026-03&indicator=collector-valid");
        Assert.Equal((0, "O-1", false), (behind.GetProperty("unseen").GetInt32(), behind.GetProperty("cases")[0].GetProperty("number").GetString(), behind.GetProperty("cases")[0].GetProperty("counts").GetBoolean()));
        foreach (var person in new[] { "stranger", "viewer", "leader" })
        {
            Assert.Empty((await Get(person, "?period=2026-03&code=collector&of=collector&person=collector")).GetProperty("ratings").EnumerateArray());
            Assert.Empty((await Get(person, "/cases?period=2026-03&indicator=collector-valid&of=collector")).GetProperty("cases").EnumerateArray());
        }
        foreach (var what in new[] { "/cases", "/cases?indicator=grid-filed", "/cases?indicator=x" })
            using (var none = await server.Send("collector", HttpMethod.Get, $"/api/assessment/mine{what}"))
                Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Areas_come_with_their_grades_as_GeoJSON()
    {
        using var answer = await server.Send("viewer", HttpMethod.Get, $"/api/assessment/areas?{Query}subdistrict");
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.MediaType);
        var features = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("features").EnumerateArray().ToList();
        Assert.Equal([("350203001", "A"), ("350206001", "E")], features.Select(one => (one.GetProperty("id").GetString(), one.GetProperty("properties").GetProperty("grade").GetString())));
        Assert.All(features, one => Assert.EndsWith("Polygon", one.GetProperty("geometry").GetProperty("type").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_workbook_has_the_ranking_and_the_rules()
    {
        using var answer = await server.Send("leader", HttpMethod.Get, $"/api/assessment/book.xlsx?{Query}department");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var book = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var sheets = await Task.WhenAll(book.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(Text));
        Assert.Equal(2, sheets.Length);
        Assert.Contains("市政设施中心", sheets[0], StringComparison.Ordinal);
        Assert.Contains("On-time handling rate", sheets[1], StringComparison.Ordinal);

        static async Task<string> Text(ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            return await reader.ReadToEndAsync();
        }
    }
}
