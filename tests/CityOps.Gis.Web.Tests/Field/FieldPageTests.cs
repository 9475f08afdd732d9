using System.Collections;
using System.Globalization;
using System.Net;
using System.Resources;
using System.Text.Json;
using System.Text.RegularExpressions;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Cases;
using CityOps.Gis.Web.Resources;
using Xunit;

namespace CityOps.Gis.Tests.Web.Field;

/// <summary>The document for phones, what it takes along, and that its worker keeps all it needs.</summary>
public sealed partial class FieldPageTests(CaseServer server) : IClassFixture<CaseServer>
{
    static readonly string s_scripts = Repository.PathOf("web/wwwroot/field");

    [Fact]
    public void Every_word_that_the_scripts_say_is_there()
    {
        var known = new ResourceManager(typeof(StreetText)).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(one => (string)one.Key).ToHashSet();
        var named = Directory.EnumerateFiles(s_scripts, "*.js").SelectMany(file => TextName().Matches(File.ReadAllText(file)).SelectMany(match => Word().Matches(match.Value)).Select(match => match.Groups[1].Value)).ToHashSet();
        Assert.InRange(named.Count, 50, 200);
        Assert.Empty(named.Except(known));
        Assert.All(["waiting", "sending", "sent", "refused", "held"], state => Assert.Contains("state." + state, known));
    }

    [Fact]
    public void The_worker_keeps_every_script_of_the_page_and_what_these_import()
    {
        var worker = File.ReadAllText(Repository.PathOf("web/wwwroot/field-worker.js"));
        var own = Directory.EnumerateFiles(s_scripts, "*.js").Select(Path.GetFileNameWithoutExtension).Where(name => name != "forget");
        var needed = new HashSet<string>();
        foreach (var name in (string[])["map-start", "handle"])
            Follow(name, needed);
        Assert.All(own.Concat(needed), name => Assert.Contains($"'{name}'", worker, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_document_is_the_same_for_everybody_asks_for_the_place_and_runs_nothing_that_stands_in_it()
    {
        using var answer = await server.Send("collector", HttpMethod.Get, "/field");
        var (text, others) = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await (await server.Send("officer", HttpMethod.Get, "/field")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(text, others);
        Assert.Contains("geolocation=(self)", answer.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", answer.Headers.GetValues("Content-Security-Policy").Single().Split(';').Single(part => part.Contains("script-src ", StringComparison.Ordinal)), StringComparison.Ordinal);
        using var map = await server.Send("collector", HttpMethod.Get, "/tasks");
        Assert.Contains("geolocation=()", map.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        using var nobody = await server.Send("nobody", HttpMethod.Get, "/field");
        Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
    }

    [Fact]
    public async Task What_is_taken_along_is_what_waits_for_the_person_with_the_moves_that_he_may_make_without_looking_anything_up()
    {
        using var report = await server.Send("collector", HttpMethod.Post, "/api/cases", new FormUrlEncodedContent([new("classCode", "06012"), new("note", "落叶"), new("longitude", "118.002"), new("latitude", "24.402")]));
        var fid = JsonDocument.Parse(await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("fid").GetInt64();
        var leader = await Start("leader");
        var task = leader.GetProperty("tasks").EnumerateArray().Single(one => one.GetProperty("fid").GetInt64() == fid);
        Assert.Equal(("collect", 1, false), (task.GetProperty("stage").GetString(), task.GetProperty("moves").GetInt32(), task.GetProperty("hasHandled").GetBoolean()));
        var moves = leader.GetProperty("moves").EnumerateArray().ToDictionary(move => move.GetProperty("id").GetString()!);
        Assert.Contains("file", moves.Keys);
        Assert.DoesNotContain("dispatch", (await Start("dispatcher")).GetProperty("moves").EnumerateArray().Select(move => move.GetProperty("id").GetString()));
        Assert.Equal(["note"], moves["void"].GetProperty("needs").EnumerateArray().Select(need => need.GetString()));
        Assert.Equal(("leader", false), (leader.GetProperty("person").GetProperty("id").GetString(), (await Start("viewer")).GetProperty("mayReport").GetBoolean()));
    }

    [Fact]
    public async Task Tasks_of_an_emergency_go_along_and_are_answered_by_whom_they_are_for()
    {
        var id = await server.Database.Value<long>("insert into command.emergency (title, area, who) select '台风', geom, 'x' from gis.districts where code = '350203' returning id");
        await server.Database.Run($"insert into command.task (emergency, number, message, addressee, code, name, said, who) values ({id}, 1, gen_random_uuid(), 'grid', '350203001001001', '一格', '转移人员', '指挥')");
        var order = Assert.Single((await Start("collector")).GetProperty("orders").EnumerateArray());
        Assert.Equal((id, "台风", 1, "转移人员", "sent"), (order.GetProperty("emergency").GetInt64(), order.GetProperty("title").GetString(), order.GetProperty("number").GetInt32(), order.GetProperty("said").GetString(), order.GetProperty("state").GetString()));
        Assert.Empty((await Start("stranger")).GetProperty("orders").EnumerateArray());

        foreach (var (person, state, status) in new[] { ("collector", "sent", HttpStatusCode.BadRequest), ("officer", "taken", HttpStatusCode.Forbidden), ("stranger", "taken", HttpStatusCode.NotFound), ("collector", "taken", HttpStatusCode.OK), ("collector", "done", HttpStatusCode.OK), ("collector", "taken", HttpStatusCode.Conflict) })
            using (var answer = await server.Send(person, HttpMethod.Post, $"/api/command/{id}/tasks/1/answer", new FormUrlEncodedContent([new("state", state), new("said", "已转移")])))
                Assert.Equal((person, state, status), (person, state, answer.StatusCode));
        Assert.Empty((await Start("collector")).GetProperty("orders").EnumerateArray());
        await server.Database.Run($"update command.emergency set closed_at = now(), closed_by = 'x', report = 'x' where id = {id}");
    }

    async Task<JsonElement> Start(string person)
        => JsonDocument.Parse(await (await server.Send(person, HttpMethod.Get, "/api/field/start")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    static void Follow(string name, HashSet<string> needed)
    {
        if (needed.Add(name))
            foreach (Match import in Import().Matches(File.ReadAllText(Repository.PathOf($"web/Leaflet/wwwroot/{name}.js"))))
                Follow(import.Groups[1].Value, needed);
    }

    [GeneratedRegex(@"\btext\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex TextName();

    // Words in brackets of text(…) that begin like names of texts.
    [GeneratedRegex(@"(?<![\w-])'([A-Z]\w+)'")]
    private static partial Regex Word();

    [GeneratedRegex(@"from '\./([\w-]+)\.js'")]
    private static partial Regex Import();
}
