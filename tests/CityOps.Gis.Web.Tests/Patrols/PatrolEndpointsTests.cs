using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Tests.Web.Cases;
using CityOps.Gis.Web.Patrols;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Patrols;

/// <summary>What phones send and pages read of patrols, over HTTP.</summary>
public sealed class PatrolEndpointsTests(CaseServer server) : IClassFixture<CaseServer>
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_track_is_sent_in_batches_and_read_as_lines_people_grids_and_colours()
    {
        var begun = new DateTimeOffset(s_now.Year, s_now.Month, s_now.Day, 0, 1, 0, TimeSpan.Zero).AddDays(-1);
        var day = begun.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var points = Enumerable.Range(0, 60).Select(step => new { at = begun.AddSeconds(step * 10), longitude = 118.0005 + step * 0.000138, latitude = 24.4075, accuracy = 9.5 }).ToList();
        Assert.Equal((60, 0), Counts(await Json(await Send("collector", "/api/patrols/track", new { points }))));
        Assert.Equal((0, 30), Counts(await Json(await Send("collector", "/api/patrols/track", new { points = points.Take(30).Reverse() }))));
        var patrol = Guid.NewGuid();
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send("collector", HttpMethod.Put, $"/api/patrols/{patrol}", JsonContent.Create(new { begun, ended = begun.AddMinutes(10) }))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Send("collector", "/api/patrols/notes", new { id = Guid.NewGuid(), patrol, at = begun.AddMinutes(1), longitude = 118.001, latitude = 24.4075, note = "一切正常" })).StatusCode);

        var person = (await Get("leader", $"/api/patrols/people?day={day}")).EnumerateArray().Single();
        Assert.Equal(("collector", 9.83), (person.GetProperty("personId").GetString(), Math.Round(person.GetProperty("minutes").GetDouble(), 2)));
        Assert.Equal(4, (await Get("leader", $"/api/patrols/grids?day={day}")).GetArrayLength());
        Assert.Equal(["0", "0", "none", "none"], (await Get("leader", $"/api/patrols/coverage?day={day}")).GetProperty("features").EnumerateArray().Select(one => one.GetProperty("properties").GetProperty("kind").GetString()).Order());
        Assert.Equal(["note", "track"], (await Get("leader", $"/api/patrols/tracks?day={day}&person=collector")).GetProperty("features").EnumerateArray().Select(one => one.GetProperty("properties").GetProperty("kind").GetString()).Order());
        var own = await Get("collector", $"/api/patrols?day={day}");
        Assert.Equal((1, 1), (own.GetProperty("patrols").GetArrayLength(), own.GetProperty("notes").GetArrayLength()));
        Assert.Equal(0, (await Get("stranger", $"/api/patrols/people?day={day}")).GetArrayLength());
        Assert.Equal("collector", (await Get("leader", $"/api/patrols/positions?since={Uri.EscapeDataString(begun.ToString("O"))}"))[0].GetProperty("personId").GetString());
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "not-json")]
    [InlineData("""[1]""", HttpStatusCode.BadRequest, "not-json")]
    [InlineData("""{"points": [""", HttpStatusCode.BadRequest, "not-json")]
    [InlineData("""{"points": [{"at": "yesterday", "longitude": 118, "latitude": 24}]}""", HttpStatusCode.UnprocessableEntity, "bad-point")]
    [InlineData("""{"points": [{"at": "2026-03-01T09:00:00+08:00", "longitude": 218, "latitude": 24}]}""", HttpStatusCode.UnprocessableEntity, "bad-point")]
    [InlineData("""{"points": [{"at": "2199-01-01T00:00:00Z", "longitude": 118, "latitude": 24}]}""", HttpStatusCode.UnprocessableEntity, "in-future")]
    public async Task What_is_no_track_is_refused_with_a_sentence(string body, HttpStatusCode status, string code)
    {
        using var answer = await server.Send("collector", HttpMethod.Post, "/api/patrols/track", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((status, "urn:cityops:" + code), (answer.StatusCode, problem.GetProperty("type").GetString()));
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Too_many_points_are_refused_too_old_ones_are_left_out_and_who_only_looks_sends_none()
    {
        var many = Enumerable.Range(0, 3_001).Select(step => new { at = s_now.AddSeconds(-step), longitude = 118.0, latitude = 24.4 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send("collector", "/api/patrols/track", new { points = many })).StatusCode);
        var old = await Json(await Send("officer", "/api/patrols/track", new { points = new[] { new { at = s_now.AddDays(-400), longitude = 118.0, latitude = 24.4 } } }));
        Assert.Equal((0, 1), (old.GetProperty("stored").GetInt32(), old.GetProperty("tooOld").GetInt32()));
        Assert.Equal(HttpStatusCode.Forbidden, (await Send("viewer", "/api/patrols/track", new { points = Array.Empty<object>() })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send("nobody", "/api/patrols/track", new { points = Array.Empty<object>() })).StatusCode);
    }

    [Fact]
    public async Task The_grid_manager_of_the_demonstration_has_walked_through_the_grids_of_his_community()
    {
        var (source, zone) = (server.Database.Source, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        await using var services = new ServiceCollection().AddSingleton(new SpineTree(source)).AddSingleton(new Tracks(source, zone)).AddSingleton(new PatrolRecords(source, zone)).BuildServiceProvider();
        var person = new Caller("demo", "demo", Role.GridManager.Permissions, new() { Communities = ["350206001001"] }) { Roles = [Role.GridManager.Id] };
        await DemoTracks.Walk(services, person, s_now.AddDays(-5), TestContext.Current.CancellationToken);
        Assert.Equal(["350206001001001", "350206001001002", "350206001001003", "350206001001004"],
            await server.Database.Rows("select distinct grid_code from cityops.track_point where person_id = 'demo' order by 1"));
        Assert.Equal("1|1", Assert.Single(await server.Database.Rows("select count(*), (select count(*) from cityops.patrol_note where person_id = 'demo') from cityops.patrol where person_id = 'demo'")));
    }

    Task<HttpResponseMessage> Send(string person, string path, object body) => server.Send(person, HttpMethod.Post, path, JsonContent.Create(body));

    async Task<JsonElement> Get(string person, string path) => await Json(await server.Send(person, HttpMethod.Get, path));

    static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    static (int Stored, int Repeated) Counts(JsonElement answer) => (answer.GetProperty("stored").GetInt32(), answer.GetProperty("repeated").GetInt32());
}
