using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiles.Snapshots.Predicates;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Questions;

/// <summary>The property of issue 4: a question finds the same features whoever is asked.</summary>
public sealed class EveryExecutorTests(OddLayers odd) : IClassFixture<OddLayers>
{
    const int Seed = 4_2026, Questions = 1_000;

    public static TheoryData<string> Layers => [.. OddLayers.Catalog.Layers.Select(layer => layer.Id)];

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Any_question_finds_the_same_features_in_the_table_in_memory_and_by_the_book(string layerId)
    {
        var layer = OddLayers.Catalog.Find(layerId)!;
        var rows = await odd.Of(layer);
        var snapshot = await SnapshotLoader.Load(odd.Source, layer);
        var questions = new RandomQuestions(new(Seed), layer, OddLayers.Words(rows));
        var (inMemory, found) = (0, 0L);
        for (var number = 0; number < Questions; number++)
        {
            var query = questions.Next();
            var bySql = await BySql(layer, query);
            string Said(string who, IEnumerable<long> fids) => $"Seed {Seed}, question {number}: SQL {bySql.Count}; only SQL {Few(bySql.Except(fids))}, only {who} {Few(fids.Except(bySql))}: {Uri.UnescapeDataString(query.ToString())}";

            if (query.Near is null)
            {
                var byBook = rows.Where(new QuestionOracle(layer, query).Answers).Select(row => (long)row["fid"]!).ToHashSet();
                Assert.True(bySql.SetEquals(byBook), Said("the book", byBook));
            }
            if (SnapshotAnswers.Refusal(layer, query) is null)
            {
                var byMemory = ByMemory(snapshot, query);
                Assert.True(bySql.SetEquals(byMemory), Said("memory", byMemory));
                inMemory++;
            }
            found += bySql.Count;
        }
        Assert.InRange(inMemory, Questions / 4, Questions);
        Assert.InRange(found, 20L * Questions, OddLayers.Rows * (long)Questions);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Counts_heat_maps_and_tiles_add_up_to_the_same(string layerId)
    {
        var layer = OddLayers.Catalog.Find(layerId)!;
        var rows = await odd.Of(layer);
        var snapshot = await SnapshotLoader.Load(odd.Source, layer);
        var questions = new RandomQuestions(new(Seed + 1), layer, OddLayers.Words(rows));
        var (store, heat, view) = (new FeatureStore(odd.Source), new HeatQuery(odd.Source), LayerView.Of(snapshot));
        for (var number = 0; number < 40; number++)
        {
            var query = questions.Next();
            var (count, what) = (await store.Count(layer, query), $"Seed {Seed + 1}, question {number}: {Uri.UnescapeDataString(query.ToString())}");
            var tally = new HeatTally(query, HeatCellKind.Square, new HeatGrid(HeatCellKind.Square, 500, 24.5));

            Assert.True(count == (await heat.Count(layer, tally)).Total, what);
            if (SnapshotAnswers.Refusal(layer, query) is not null)
                continue;
            Assert.True(count == HeatScan.Count(view, tally).Total, what);
        }
    }

    [Fact]
    public async Task A_filter_takes_no_memory_per_row()
    {
        var layer = OddLayers.Catalog.Find("odd_points")!;
        await odd.Of(layer);
        var snapshot = await SnapshotLoader.Load(odd.Source, layer);
        var text = "(CASEI(alias) LIKE '%1%' OR checked_at > DATE('2024-01-01') OR amount * 2 + weight > fid % 7) AND S_INTERSECTS(geom, POLYGON((118 24.4,118.2 24.4,118.1 24.6,118 24.4))) OR seen_on < checked_at";
        var filter = new SnapshotFilter(snapshot, new(layer.Id) { Filter = CqlFilter.ParseText(text, layer).Filter });
        var found = filter.Count();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(found, filter.Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.InRange(found, 100, OddLayers.Rows);
    }

    async Task<HashSet<long>> BySql(LayerDefinition layer, FeatureQuery query)
    {
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(odd.Source, $"select fid from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}");
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            var found = new HashSet<long>();
            while (await reader.ReadAsync())
                found.Add(reader.GetInt64(0));
            return found;
        }
        catch (Npgsql.PostgresException fault)
        {
            throw new InvalidOperationException($"{fault.MessageText}: {Uri.UnescapeDataString(query.ToString())}: {filter.Where}", fault);
        }
    }

    static HashSet<long> ByMemory(LayerSnapshot snapshot, FeatureQuery query)
    {
        var (filter, rows, mask, found) = (new SnapshotFilter(snapshot, query), new int[BlockIndex.BlockRows], new ulong[BlockIndex.BlockRows / 64], new HashSet<long>());
        foreach (var block in filter.Blocks())
        {
            var count = filter.Select(block, rows);
            foreach (var row in rows.AsSpan(0, count))
                Assert.True(found.Add(snapshot.Fids[row]));
            Assert.Equal(count, filter.Mask(block, mask));
        }
        return found;
    }

    static string Few(IEnumerable<long> fids) => string.Join(',', fids.Take(5));
}
