using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Testing;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

public sealed class CaseEndpointsTests(CaseServer server) : IClassFixture<CaseServer>
{
    [Fact]
    public async Task A_case_is_reported_with_a_photo_moved_to_its_end_and_told_as_a_history()
    {
        var fid = (await Json(await Report("collector", Form(("classCode", "06012"), ("note", "井盖旁有垃圾"), ("componentCode", CaseServer.Cover)), photos: 1), HttpStatusCode.Created)).GetProperty("fid").GetInt64();
        await Moved("leader", fid, 1, "file");
        await Moved("dispatcher", fid, 2, "dispatch", ("department", "11"));
        await Moved("officer", fid, 3, "accept");
        await Moved("officer", fid, 4, "feed-back", ("note", "已清理"));
        var closed = await Moved("leader", fid, 5, "close");

        Assert.Equal(("close", 6), (closed.GetProperty("stage").GetString(), closed.GetProperty("moves").GetInt32()));
        var moves = (await Json(await server.Send("collector", HttpMethod.Get, $"/api/cases/{fid}/moves"))).EnumerateArray().ToList();
        Assert.Equal(["report", "file", "dispatch", "accept", "feed-back", "close"], moves.Select(move => move.GetProperty("move").GetString()));
        Assert.Equal("collector", moves[0].GetProperty("who").GetString());
        Assert.Equal(1, moves[0].GetProperty("photos").GetArrayLength());
        Assert.Empty(await server.Database.Rows(CaseOracle.Breaches));
    }

    [Fact]
    public async Task A_photo_is_served_as_a_picture_and_nothing_else_to_those_who_see_its_case()
    {
        var fid = (await Json(await Report("collector", Form(("classCode", "06012"), ("note", "有垃圾"), ("componentCode", CaseServer.Cover)), photos: 1), HttpStatusCode.Created)).GetProperty("fid").GetInt64();
        var url = (await Json(await server.Send("collector", HttpMethod.Get, $"/api/cases/{fid}/moves")))[0].GetProperty("photos")[0].GetProperty("url").GetString()!;
        foreach (var address in new[] { url, url + "?small=true" })
        {
            using var photo = await server.Send("leader", HttpMethod.Get, address);
            Assert.Equal((HttpStatusCode.OK, "image/jpeg", "nosniff"), (photo.StatusCode, photo.Content.Headers.ContentType!.MediaType, photo.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.Equal(new byte[] { 0xff, 0xd8, 0xff }, (await photo.Content.ReadAsByteArrayAsync())[..3]);
            using var hidden = await server.Send("stranger", HttpMethod.Get, address);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    [Theory]
    [InlineData("viewer", "06012", "有垃圾", HttpStatusCode.Forbidden, "not-allowed")]
    [InlineData("collector", "99999", "有垃圾", HttpStatusCode.UnprocessableEntity, "unknown-class")]
    [InlineData("collector", "06012", "", HttpStatusCode.UnprocessableEntity, "needs-note")]
    [InlineData("stranger", "06012", "有垃圾", HttpStatusCode.UnprocessableEntity, "unknown-component")]
    public async Task A_report_that_is_not_taken_is_answered_with_a_sentence(string person, string classCode, string note, HttpStatusCode status, string code)
    {
        using var response = await Report(person, Form(("classCode", classCode), ("note", note), ("componentCode", CaseServer.Cover)));
        await Refused(response, status, code);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_bad_request_and_no_fault_of_the_server()
    {
        await Refused(await server.Send("collector", HttpMethod.Post, "/api/cases", new StringContent("[1]")), HttpStatusCode.BadRequest, "bad-body");
        await Refused(await server.Send("collector", HttpMethod.Post, "/api/cases", JsonContent.Create(new { classCode = "06012", note = "x", longitude = "east", latitude = 24 })), HttpStatusCode.BadRequest, "bad-value");
        var form = Form(("classCode", "06012"), ("note", "x"), ("componentCode", CaseServer.Cover));
        form.Add(new StringContent("<svg onload='alert(1)'/>"), "photos", "photo.jpg");
        await Refused(await Report("collector", form), HttpStatusCode.BadRequest, "no-photo");
        await Refused(await server.Send("leader", HttpMethod.Post, "/api/cases/1/moves", JsonContent.Create(new { move = "file" })), HttpStatusCode.BadRequest, "bad-body");
        await Refused(await server.Send("leader", HttpMethod.Post, "/api/cases/999999/moves", JsonContent.Create(new { move = "file", after = 1 })), HttpStatusCode.NotFound, "no-such-case");
    }

    [Fact]
    public async Task Photos_are_looked_at_after_the_right_and_the_case()
    {
        var fid = await Reported();
        foreach (var (person, target, status, code) in new[]
                 {
                     ("stranger", fid, HttpStatusCode.NotFound, "no-such-case"), ("leader", 999_999, HttpStatusCode.NotFound, "no-such-case"), ("collector", fid, HttpStatusCode.Forbidden, "not-allowed"),
                 })
        {
            var form = Form(("move", "file"), ("after", "1"));
            form.Add(new StringContent("no photo at all"), "photos", "photo.jpg");
            await Refused(await server.Send(person, HttpMethod.Post, $"/api/cases/{target}/moves", form), status, code);
        }
        var report = Form(("classCode", "99999"), ("note", "x"));
        report.Add(new StringContent("no photo at all"), "photos", "photo.jpg");
        await Refused(await Report("collector", report), HttpStatusCode.UnprocessableEntity, "unknown-class");
    }

    [Fact]
    public async Task Two_who_send_the_same_move_at_once_get_one_yes_and_one_sentence()
    {
        var fid = await Reported();
        var answers = await Task.WhenAll(Move("leader", fid, 1, "file"), Move("leader", fid, 1, "file"));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await Refused(Assert.Single(answers, answer => answer.StatusCode != HttpStatusCode.OK), HttpStatusCode.Conflict, "somebody-was-faster");
    }

    [Fact]
    public async Task A_move_that_the_role_or_the_table_does_not_allow_is_refused()
    {
        var fid = await Reported();
        await Refused(await Move("collector", fid, 1, "file"), HttpStatusCode.Forbidden, "not-allowed");
        await Refused(await Move("stranger", fid, 1, "confirm"), HttpStatusCode.NotFound, "no-such-case");
        await Refused(await Move("leader", fid, 1, "close"), HttpStatusCode.Conflict, "not-possible");
        await Refused(await Move("leader", fid, 1, "fly"), HttpStatusCode.UnprocessableEntity, "unknown-move");
    }

    [Fact]
    public async Task Tasks_and_likely_duplicates_are_told_as_lists_and_places()
    {
        var fid = await Reported();
        var tasks = await Json(await server.Send("leader", HttpMethod.Get, "/api/cases/tasks"));
        Assert.Contains(tasks.GetProperty("tasks").EnumerateArray(), task => task.GetProperty("fid").GetInt64() == fid);
        Assert.Equal(tasks.GetProperty("count").GetInt64(), (await Json(await server.Send("leader", HttpMethod.Get, "/api/cases/tasks/places"))).GetProperty("features").GetArrayLength());
        Assert.Equal(0, (await Json(await server.Send("viewer", HttpMethod.Get, "/api/cases/tasks"))).GetProperty("count").GetInt64());
        var likely = await Json(await server.Send("collector", HttpMethod.Get, $"/api/cases/duplicates?classCode=06012&longitude=118.002&latitude=24.402&componentCode={CaseServer.Cover}"));
        Assert.True(likely[0].GetProperty("isAtComponent").GetBoolean());
    }

    [Fact]
    public async Task A_feature_form_cannot_move_a_case_past_the_table_either()
    {
        var fid = await Reported();
        using var item = await server.Send("collector", HttpMethod.Get, $"/ogc/collections/cases/items/{fid}");
        var content = new StringContent("""{"type":"Feature","properties":{"status":"close"}}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        using var response = await Patch("collector", $"/ogc/collections/cases/items/{fid}", content, item.Headers.ETag!.ToString());

        Assert.InRange((int)response.StatusCode, 400, 422);
        Assert.Equal("collect", await server.Database.Value<string>($"select status from gis.cases where fid = {fid}"));
    }

    async Task<HttpResponseMessage> Patch(string person, string path, HttpContent content, string tag)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Patch, server.Root + path) { Content = content };
        request.Headers.Add("X-Person", person);
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await client.SendAsync(request);
    }

    async Task<long> Reported()
        => (await Json(await Report("collector", Form(("classCode", "06012"), ("note", "有垃圾"), ("componentCode", CaseServer.Cover))), HttpStatusCode.Created)).GetProperty("fid").GetInt64();

    Task<HttpResponseMessage> Report(string person, MultipartFormDataContent form, int photos = 0)
    {
        for (var at = 0; at < photos; at++)
            form.Add(new ByteArrayContent(PhotoMakerTests.Picture(640, 480, SKEncodedImageFormat.Jpeg)), "photos", "photo.jpg");
        return server.Send(person, HttpMethod.Post, "/api/cases", form);
    }

    Task<HttpResponseMessage> Move(string person, long fid, int after, string move, params (string Name, object Value)[] more)
        => server.Send(person, HttpMethod.Post, $"/api/cases/{fid}/moves", JsonContent.Create(more.Append(("move", move)).Append(("after", after)).Append(("token", Guid.NewGuid())).ToDictionary(one => one.Item1, one => one.Item2)));

    async Task<JsonElement> Moved(string person, long fid, int after, string move, params (string Name, object Value)[] more) => await Json(await Move(person, fid, after, move, more));

    static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    static async Task<JsonElement> Json(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        using (response)
        {
            Assert.True(response.StatusCode == status, await response.Content.ReadAsStringAsync());
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    static async Task Refused(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await Json(response, status);
        Assert.Equal("urn:cityops:" + code, problem.GetProperty("type").GetString());
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
