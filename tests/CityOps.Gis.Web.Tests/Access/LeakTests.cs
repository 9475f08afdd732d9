using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Api;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>
/// Fifty random people ask random questions on every path; a plain SQL statement says what each may see. The layers are held in memory, as in a running product, and
/// every second tile is PostGIS's.
/// </summary>
public sealed class LeakTests(OddLayers odd) : IClassFixture<OddLayers>, IAsyncLifetime
{
    const int Seed = 6_2041, People = 50, QuestionsEach = 2, MostCharacters = 6_000;
    const double Wider = 1e-6;

    readonly List<Caller> _people = [];
    OddHost? _host;

    public static TheoryData<string> Layers => [.. OddLayers.Catalog.Layers.Select(layer => layer.Id)];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Fifty_people_are_given_what_plain_SQL_says_they_may_see_on_every_path_and_nothing_else(string layerId)
    {
        var layer = OddLayers.Catalog.Find(layerId)!;
        var questions = await Start(layer);
        var (total, scoped) = (0L, 0L);
        for (var person = 0; person < People; person++)
        {
            var (answers, seen) = (new Answers(_host!.Http, person.ToString(CultureInfo.InvariantCulture)), await SeenBy(layer, _people[person].Scope!));
            for (var number = 0; number < QuestionsEach; number++)
            {
                var query = questions.Next() with { Scope = null };
                var text = FeatureQueryText.Format(query);
                if (text.Length > MostCharacters)
                    continue;
                var expected = (await BySql(layer, query, placed: false)).Where(seen.Contains).ToList();
                string Said(string who, object what) => $"Seed {Seed}, person {person} {_people[person].Scope}, question {number}: SQL says {expected.Count}, {who} {what}: {Uri.UnescapeDataString(text)}";
                var page = await answers.Json($"/ogc/collections/{layer.Id}/items?limit=10000&{text}");
                Assert.True(expected.SequenceEqual(page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetInt64())), Said("items", page.GetProperty("numberReturned")));
                // Never an estimate, which would be made of rows that he does not see.
                Assert.True(!page.TryGetProperty("numberMatched", out var matched) || page.GetProperty("numberMatchedKind").GetString() == "exact" && matched.GetInt64() == expected.Count, Said("numberMatched", page));
                Assert.True(expected.SequenceEqual((await answers.Exported(layer, text)).Order()), Said("the export", ""));
                var heat = (await answers.Json($"/heat/{layer.Id}?cell=square&size=500&{text}")).GetProperty("total").GetInt64();
                Assert.True(expected.Count == heat, Said("the heat map", heat));
                var table = await answers.Json($"/api/layers/{layer.Id}/rows?{text}");
                Assert.True(table.GetProperty("isExact").GetBoolean() && table.GetProperty("matched").GetInt64() == expected.Count, Said("the table", table.GetProperty("matched")));
                var placed = (await BySql(layer, query, placed: true)).Where(seen.Contains).ToHashSet();
                var drawn = await answers.Drawn(layer, number % 2 == 0 ? text : $"executor=sql&{text}");
                Assert.True(placed.SetEquals(drawn), Said("tiles", drawn.Count));
                (total, scoped) = (total + 1, scoped + expected.Count);
            }
            await NothingOfOthers(layer, answers, person, seen);
        }
        Assert.InRange(total, People * QuestionsEach * 3 / 4, People * QuestionsEach);
        Assert.InRange(scoped, 5 * total, OddLayers.Rows / 2 * total);
    }

    async Task NothingOfOthers(LayerDefinition layer, Answers answers, int person, HashSet<long> seen)
    {
        var who = $"Seed {Seed}, person {person} {_people[person].Scope}";
        foreach (var hidden in (await AllOf(layer)).Where(fid => !seen.Contains(fid)).Take(3))
        {
            foreach (var path in new[] { $"/ogc/collections/{layer.Id}/items/{hidden}", $"/api/layers/{layer.Id}/features/{hidden}", $"/api/layers/{layer.Id}/features/{hidden}/history", $"/api/layers/{layer.Id}/features/{hidden}/moves" })
                Assert.True((await answers.Get(path)).StatusCode == HttpStatusCode.NotFound, $"{who}: {path}");
            Assert.DoesNotContain((await answers.Json($"/search?q={hidden:0000000}&layers={layer.Id}")).GetProperty("answers").EnumerateArray(), one => one.GetProperty("fid").GetInt64() == hidden);
        }
        var count = (await answers.Json("/api/layers")).EnumerateArray().Single(one => one.GetProperty("id").GetString() == layer.Id).GetProperty("count").GetInt64();
        Assert.True(await Number($"select count(*) from {SqlName.Table(layer.Id)} where status is distinct from $1 and fid = any($2)", layer.RemovedStatus ?? "", seen.ToArray()) == count, $"{who}: /api/layers says {count}");
        foreach (var path in new[] { $"/ogc/collections/{layer.Id}", $"/tiles/{layer.Id}.json" })
        {
            var box = Box(await answers.Json(path));
            var outside = box is null ? 0 : await Number(
                $"select count(*) from (select ST_Extent(geom)::geometry as box from {SqlName.Table(layer.Id)} where fid = any($1)) own where not ST_Contains(ST_Expand(ST_SetSRID(box, 4490), {Wider}), ST_MakeEnvelope($2, $3, $4, $5, 4490))",
                seen.ToArray(), box[0], box[1], box[2], box[3]);
            Assert.True(outside == 0 && (box is null) == (await Number($"select count(*) from {SqlName.Table(layer.Id)} where fid = any($1) and not ST_IsEmpty(geom)", seen.ToArray()) == 0), $"{who}: {path} says {string.Join(' ', box ?? [])}");
        }
        // Compared with a layer that everybody sees, a layer has its own scope all the same, whichever stands first.
        var own = (await answers.Json($"/heat/{layer.Id}?cell=square&size=500")).GetProperty("total").GetInt64();
        foreach (var (path, side) in new[] { ($"/heat/districts?cell=square&size=500&compare=difference&layer2={layer.Id}", "total2"), ($"/heat/{layer.Id}?cell=square&size=500&compare=difference&layer2=districts", "total") })
        {
            var told = (await answers.Json(path)).GetProperty(side).GetInt64();
            Assert.True(own == told, $"{who}: of {own} {path} says {told}");
        }
        Assert.DoesNotContain((await answers.Json($"/tiles/{layer.Id}.json")).GetProperty("vector_layers")[0].GetProperty("fields").EnumerateObject(), field => field.Name.StartsWith("count_", StringComparison.Ordinal));
        var entry = (await answers.Json("/tiles")).GetProperty("layers").EnumerateArray().Single(one => one.GetProperty("id").GetString() == layer.Id);
        Assert.True(new[] { "rows", "version", "lsn", "asOf", "memoryBytes" }.All(name => !entry.TryGetProperty(name, out var told) || told.ValueKind == JsonValueKind.Null), $"{who}: /tiles tells {entry}");
        Assert.Equal(HttpStatusCode.Forbidden, (await answers.Get($"/tiles/{layer.Id}/10/0/0/why")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task A_change_outside_the_scope_changes_no_answer_no_tag_and_no_header_and_tells_open_maps_nothing(string layerId)
    {
        var layer = OddLayers.Catalog.Find(layerId)!;
        await Start(layer);
        var person = _people.FindIndex(one => one.Scope!.Districts.Count > 0);
        var (answers, seen) = (new Answers(_host!.Http, person.ToString(CultureInfo.InvariantCulture)), await SeenBy(layer, _people[person].Scope!));
        var hidden = (await AllOf(layer)).Where(fid => !seen.Contains(fid)).Take(20).ToArray();
        string[] paths =
        [
            .. Answers.Tiles().Select(tile => $"/tiles/{layer.Id}/{tile.Zoom}/{tile.X}/{tile.Y}.mvt"), $"/ogc/collections/{layer.Id}/items?limit=1000", $"/ogc/collections/{layer.Id}", $"/tiles/{layer.Id}.json",
            $"/heat/{layer.Id}?cell=square&size=500", $"/api/layers/{layer.Id}/rows", "/tiles",
        ];
        var before = await Said(answers, paths);
        using var events = await _host!.Http.SendAsync(new(HttpMethod.Get, $"/tiles/events?layers={layer.Id}") { Headers = { { "X-Person", person.ToString(CultureInfo.InvariantCulture) } } }, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var heard = new StreamReader(await events.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        await Change(layer, hidden);
        Assert.Equal(before, await Said(answers, paths));

        // Then one of his own, which is the first that his map hears of.
        await Change(layer, [.. seen.Take(1)]);
        var line = "";
        while (!line.StartsWith("data:", StringComparison.Ordinal))
            line = await heard.ReadLineAsync(TestContext.Current.CancellationToken) ?? "data: end";
        var told = JsonDocument.Parse(line["data:".Length..]).RootElement;
        Assert.Equal(JsonValueKind.Null, told.GetProperty("version").ValueKind);
        Assert.InRange(told.GetProperty("tiles").GetArrayLength(), 0, 512);
        var (own, others) = (await Spots(layer, [.. seen.Take(1)], told.GetProperty("zoom").GetInt32()), await Spots(layer, hidden, told.GetProperty("zoom").GetInt32()));
        var tiles = told.GetProperty("tiles").EnumerateArray().Select(tile => (tile[0].GetInt32(), tile[1].GetInt32())).ToHashSet();
        Assert.Superset(own, tiles);
        Assert.DoesNotContain(others, spot => tiles.Contains(spot) && !own.Contains(spot) && layer.Geometry == GeometryKind.Point);
    }

    [Fact]
    public async Task Nobody_is_given_anything_but_the_sentence_that_he_must_sign_in()
    {
        var layer = OddLayers.Catalog.Layers[0];
        await Start(layer);
        var nobody = new Answers(_host!.Http);
        foreach (var path in new[] { "/tiles", $"/tiles/{layer.Id}.json", $"/tiles/{layer.Id}/10/847/438.mvt", "/tiles/events", $"/heat/{layer.Id}?cell=square&size=500", "/ogc", $"/ogc/collections/{layer.Id}/items", $"/export/{layer.Id}.csv", "/export/records", "/search?q=1", "/api/layers", $"/api/layers/{layer.Id}/rows", "/basemaps/x/1/1/1", "/api/imports/batches/1/faults.geojson" })
        {
            using var refused = await nobody.Get(path);
            Assert.True(refused.StatusCode == HttpStatusCode.Unauthorized, $"{path}: {refused.StatusCode}");
            Assert.Equal("urn:cityops:sign-in-first", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString());
        }
    }

    // Everything of an answer but the time it was made at.
    static async Task<List<string>> Said(Answers answers, IEnumerable<string> paths)
    {
        var said = new List<string>();
        foreach (var path in paths)
        {
            using var response = await answers.Get(path);
            var isText = response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true;
            var body = isText
                ? Regex.Replace(await response.Content.ReadAsStringAsync(), "\"(timeStamp|milliseconds)\":(\"[^\"]*\"|[0-9.E-]+)", "")
                : Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync());
            said.Add($"{path} {(int)response.StatusCode} {string.Join("; ", response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))} {body}");
        }
        return said;
    }

    async Task Change(LayerDefinition layer, long[] fids)
    {
        var (live, lsn) = (_host!.Live, _host.Live.View!.Lsn);
        await using (var connection = await odd.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            // The odd layers' jurisdiction is what the test wrote, not where they lie.
            await new Npgsql.NpgsqlCommand("set cityops.bulk = 'on'", connection).ExecuteNonQueryAsync();
            await using var update = new Npgsql.NpgsqlCommand($"update {SqlName.Table(layer.Id)} set name = 'changed ' || random() where fid = any($1)", connection) { Parameters = { new() { Value = fids } } };
            Assert.Equal(fids.Length, await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
        for (var left = 200; left > 0 && live.View!.Lsn == lsn; left--)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.NotEqual(lsn, live.View!.Lsn);
    }

    async Task<HashSet<(int, int)>> Spots(LayerDefinition layer, long[] fids, int zoom)
    {
        await using var command = odd.Source.CreateCommand($"select floor(cityops.mercator_u(cityops.spot_x(geom)) * {1L << zoom})::int, floor(cityops.mercator_v(cityops.spot_y(geom)) * {1L << zoom})::int from {SqlName.Table(layer.Id)} where fid = any($1) and not ST_IsEmpty(geom)");
        command.Parameters.Add(new() { Value = fids });
        await using var reader = await command.ExecuteReaderAsync();
        var spots = new HashSet<(int, int)>();
        while (await reader.ReadAsync())
            spots.Add((reader.GetInt32(0), reader.GetInt32(1)));
        return spots;
    }

    static double[]? Box(JsonElement document)
        => document.TryGetProperty("bounds", out var bounds) ? [.. bounds.EnumerateArray().Select(edge => edge.GetDouble())]
            : document.TryGetProperty("extent", out var extent) && extent.TryGetProperty("spatial", out var spatial) ? [.. spatial.GetProperty("bbox")[0].EnumerateArray().Select(edge => edge.GetDouble())]
            : null;

    async Task<RandomQuestions> Start(LayerDefinition layer)
    {
        var words = OddLayers.Words(await odd.Of(layer));
        await using (var connection = await odd.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await FollowedTables.Publish(connection, OddLayers.Catalog, TestContext.Current.CancellationToken);
        var (random, questions) = (new RandomQuestions(new(Seed), layer, words), new RandomQuestions(new(Seed + 1), layer, words));
        while (_people.Count < People)
            if (random.Next(most: 12).Scope is { } scope && (!scope.IsEmpty || _people.Count % 10 == 0))
                _people.Add(new($"person-{_people.Count}", $"person {_people.Count}", Role.GridManager.Permissions, scope) { Roles = [Role.GridManager.Id] });
        _host = await OddHost.Start(odd, layer, new() { Trusted = context => int.TryParse(context.Request.Headers["X-Person"], out var number) ? _people[number] : null });
        return questions;
    }

    /// <summary>The scope in plain SQL, written here and nowhere else.</summary>
    async Task<HashSet<long>> SeenBy(LayerDefinition layer, JurisdictionScope scope)
    {
        await using var command = odd.Source.CreateCommand($"""
            with recursive below as (select unnest($5::text[]) as code union select d.code from gis.departments d join below on d.parent_code = below.code)
            select fid from {SqlName.Table(layer.Id)}
            where district_code = any($1) or subdistrict_code = any($2) or community_code = any($3) or grid_code = any($4) or department_code in (select code from below)
            """);
        foreach (var codes in new[] { scope.Districts, scope.Subdistricts, scope.Communities, scope.Grids, scope.Departments })
            command.Parameters.Add(new() { Value = codes.ToArray() });
        return [.. await Fids(await command.ExecuteReaderAsync())];
    }

    async Task<List<long>> AllOf(LayerDefinition layer)
    {
        await using var command = odd.Source.CreateCommand($"select fid from {SqlName.Table(layer.Id)} where not ST_IsEmpty(geom) order by fid");
        return await Fids(await command.ExecuteReaderAsync());
    }

    async Task<List<long>> BySql(LayerDefinition layer, FeatureQuery query, bool placed)
    {
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(new CallerDatabase(odd.Source), $"select fid from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}{(placed ? " and not ST_IsEmpty(geom)" : "")} order by fid");
        return await Fids(await command.ExecuteReaderAsync());
    }

    async Task<long> Number(string sql, params object[] values)
    {
        await using var command = odd.Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static async Task<List<long>> Fids(Npgsql.NpgsqlDataReader reader)
    {
        await using var ends = reader;
        var fids = new List<long>();
        while (await reader.ReadAsync())
            fids.Add(reader.GetInt64(0));
        return fids;
    }
}
