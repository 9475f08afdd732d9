using System.Globalization;
using System.Net;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Tiles.Snapshots;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiles.Snapshots.Predicates;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>Nothing is dropped: over the tiles of a zoom the counts are SQL's count, whoever makes the tiles.</summary>
public sealed class SumTests(LargeTileServer server) : IClassFixture<LargeTileServer>
{
    const int Seed = 35_02_06;

    [Theory]
    [InlineData("snapshot")]
    [InlineData("sql")]
    public async Task For_any_question_and_zoom_the_tiles_add_up_to_the_count(string executor)
    {
        await server.Start();
        var random = new Random(Seed);
        var layer = PostGisDatabase.Catalog.Find("components")!;
        var questions = new RandomQuestions(random, layer, RandomLayer.Words, exact: false);
        var counted = 0L;
        for (var round = 0; round < 10; round++)
        {
            var query = round == 0 ? new FeatureQuery("components") : round % 2 == 0 ? RandomLayer.Question(random) : Filtered(questions);
            var zoom = random.Next(5, executor == "sql" ? 12 : 13);

            var wanted = await Count(layer, query);
            var found = await Sum(query, zoom, executor);

            Assert.True(wanted == found, $"seed {Seed}, round {round}: zoom {zoom} of {FeatureQueryText.Format(query)} has {found} in its tiles and {wanted} in the table");
            counted += wanted;
        }
        Assert.True(counted > 15_000, $"{counted} features were counted.");
    }

    // With polygons, words and filters that memory can answer.
    static FeatureQuery Filtered(RandomQuestions questions)
    {
        for (; ; )
            if (questions.Next() with { Scope = null } is { IsWhole: false } query && SnapshotAnswers.Refusal(RandomLayer.Layer, query) is null)
                return query;
    }

    // Features without a place are in no tile.
    async Task<long> Count(LayerDefinition layer, FeatureQuery query)
    {
        var whole = query.Box is null ? query with { Box = (-180, -85, 180, 85) } : query;
        return await server.Features.Count(layer, whole);
    }

    // A line or polygon is drawn in every tile it reaches into and counted by cells where its spot lies: ids count once, and not where a cell has counted them.
    async Task<long> Sum(FeatureQuery query, int zoom, string executor)
    {
        var (low, high, cells) = (TileServer.At(117.9, 24.7, zoom), TileServer.At(118.3, 24.3, zoom), 0L);
        var (drawn, aggregated) = (new HashSet<ulong>(), new HashSet<TileCoord>());
        for (var x = low.X; x <= high.X; x++)
            for (var y = low.Y; y <= high.Y; y++)
            {
                var features = await Features(new(zoom, x, y), query, executor);
                if (features.FirstOrDefault()?.Attributes.ContainsKey("aggregated") != true)
                    drawn.UnionWith(features.Select(feature => feature.Id!.Value));
                else if (aggregated.Add(new(zoom, x, y)))
                    cells += features.Sum(cell => Convert.ToInt64(cell.Attributes["cell_count"], CultureInfo.InvariantCulture));
            }
        var spots = await Spots();
        return cells + drawn.Count(id => !aggregated.Contains(new(zoom, (int)(spots[id].X >> (32 - zoom)), (int)(spots[id].Y >> (32 - zoom)))));
    }

    async Task<IReadOnlyList<MvtFeature>> Features(TileCoord tile, FeatureQuery query, string executor)
    {
        using var response = await server.Get($"/tiles/components/{tile}.mvt?executor={executor}&{FeatureQueryText.Format(query)}");
        return response.StatusCode == HttpStatusCode.NoContent ? []
            : MvtReader.Read(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Layers.Single().Features;
    }

    async Task<Dictionary<ulong, (uint X, uint Y)>> Spots()
    {
        var snapshot = await server.Layer.Snapshot();
        return Enumerable.Range(0, snapshot.Placed).ToDictionary(row => (ulong)snapshot.Fids[row], row => (snapshot.X[row], snapshot.Y[row]));
    }
}
