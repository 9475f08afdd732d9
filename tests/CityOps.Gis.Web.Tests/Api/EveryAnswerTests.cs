using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api;

/// <summary>The one question over HTTP: whoever answers, on whatever path, it is the same features. The layers are held in memory, as in a running product.</summary>
public sealed class EveryAnswerTests(OddLayers odd) : IClassFixture<OddLayers>, IAsyncLifetime
{
    const int Seed = 4_2027, Questions = 120;

    /// <summary>What a request line may hold.</summary>
    const int MostCharacters = 6_000;

    OddHost? _host;
    Answers? _answers;

    public static TheoryData<string> Layers => [.. OddLayers.Catalog.Layers.Select(layer => layer.Id)];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task A_question_finds_the_same_features_in_items_tiles_heat_maps_and_exports_as_in_SQL(string layerId)
    {
        var layer = OddLayers.Catalog.Find(layerId)!;
        var rows = await odd.Of(layer);
        await Start(layer);
        var (questions, asked, found) = (new RandomQuestions(new(Seed), layer, OddLayers.Words(rows)), 0, 0L);
        for (var number = 0; number < Questions; number++)
        {
            var query = questions.Next() with { Scope = null };
            var text = FeatureQueryText.Format(query);
            if (text.Length > MostCharacters)
                continue;
            var fids = await BySql(layer, query, placed: false);
            string Said(string who, long count) => $"Seed {Seed}, question {number}: SQL says {fids.Count}, {who} {count}: {Uri.UnescapeDataString(text)}";

            var page = await _answers!.Json($"/ogc/collections/{layer.Id}/items?limit=10000&{text}");
            var items = page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetInt64()).ToList();
            Assert.True(fids.SequenceEqual(items), Said("items", items.Count));
            Assert.True(fids.Count == page.GetProperty("numberMatched").GetInt64() || page.GetProperty("numberMatchedKind").GetString() == "estimate", Said("numberMatched", page.GetProperty("numberMatched").GetInt64()));
            var exported = await _answers!.Exported(layer, text);
            Assert.True(fids.SequenceEqual(exported.Order()), Said("the export", exported.Count));
            var heat = (await _answers!.Json($"/heat/{layer.Id}?cell=square&size=500&{text}")).GetProperty("total").GetInt64();
            Assert.True(fids.Count == heat, Said("the heat map", heat));
            var drawn = await _answers!.Drawn(layer, text);
            Assert.True((await BySql(layer, query, placed: true)).ToHashSet().SetEquals(drawn), Said("tiles", drawn.Count));
            (asked, found) = (asked + 1, found + fids.Count);
        }
        Assert.InRange(asked, Questions * 3 / 4, Questions);
        Assert.InRange(found, 30L * asked, OddLayers.Rows * (long)asked);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Pages_of_any_size_and_direction_hold_each_feature_once_and_are_found_by_memory_where_it_can_answer(string layerId)
    {
        var layer = OddLayers.Catalog.Find(layerId)!;
        var rows = await odd.Of(layer);
        await Start(layer);
        var (random, questions) = (new Random(Seed + 1), new RandomQuestions(new(Seed + 1), layer, OddLayers.Words(rows)));
        var executors = new Dictionary<string, int>();
        for (var number = 0; number < Questions / 2; number++)
        {
            var query = questions.Next() with { Scope = null };
            var (text, limit) = (FeatureQueryText.Format(query), random.Next(1, OddLayers.Rows / 2));
            if (text.Length > MostCharacters)
                continue;
            var fids = await BySql(layer, query, placed: false);
            limit = Math.Max(limit, fids.Count / 5);
            foreach (var (start, way) in new[] { ("", "next"), ("&offset=0", "next"), ($"&before={long.MaxValue}", "prev") })
            {
                var paged = await Paged($"/ogc/collections/{layer.Id}/items?limit={limit}{start}&{text}", way, executors);
                Assert.True(fids.SequenceEqual(paged), $"Seed {Seed + 1}, question {number}, limit {limit}{start}: SQL says {fids.Count}, pages {paged.Count}: {Uri.UnescapeDataString(text)}");
            }
        }
        Assert.True(executors["snapshot"] > executors["sql"] / 3, string.Join(", ", executors));
    }

    // Follows the pages' own links to the end.
    async Task<List<long>> Paged(string path, string way, Dictionary<string, int> executors)
    {
        var fids = new List<long>();
        for (var next = path; next is not null;)
        {
            var page = await Page(next);
            executors[page.Executor] = executors.GetValueOrDefault(page.Executor) + 1;
            fids.InsertRange(way == "prev" ? 0 : fids.Count, page.Fids);
            next = page.Fids.Count == 0 ? null : page.Links.GetValueOrDefault(way);
        }
        return fids;
    }

    async Task<(List<long> Fids, Dictionary<string, string> Links, string Executor)> Page(string path)
    {
        using var response = await _host!.Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {Uri.UnescapeDataString(path)}: {text}");
        var page = JsonDocument.Parse(text).RootElement;
        return ([.. page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetInt64())],
            page.GetProperty("links").EnumerateArray().DistinctBy(link => link.GetProperty("rel").GetString()).ToDictionary(link => link.GetProperty("rel").GetString()!, link => link.GetProperty("href").GetString()!),
            response.Headers.GetValues("X-CityOps-Executor").Single());
    }

    async Task Start(LayerDefinition layer)
    {
        _host = await OddHost.Start(odd, layer, AccessOptions.TrustEverybody);
        _answers = new(_host.Http);
    }

    async Task<List<long>> BySql(LayerDefinition layer, FeatureQuery query, bool placed)
    {
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(odd.Source,
            $"select fid from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}{(placed ? " and not ST_IsEmpty(geom)" : "")} order by fid");
        await using var reader = await command.ExecuteReaderAsync();
        var fids = new List<long>();
        while (await reader.ReadAsync())
            fids.Add(reader.GetInt64(0));
        return fids;
    }
}
