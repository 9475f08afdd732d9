using System.IO.Compression;
using System.Text.Json;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>The tree cadastre of Graz at two dates: the difference that the importer finds is the one that a dictionary finds.</summary>
public sealed class CensusTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const string First = "components/graz_trees_2014-05-29.geojson.gz", Second = "components/graz_trees_2014-09-29.geojson.gz";
    static readonly string[] Compared =
        ["baumbezeichnung_botanisch", "baumbezeichnung_deutsch", "baumtyp", "altersklassifizierung", "pflanzjahr", "entnahmejahr", "Naturdenkmal", "Naturdenkmal_Eigentum"];

    sealed record Tree(string Values, double X, double Y);

    [Fact]
    public async Task A_second_edition_differs_by_exactly_the_rows_that_a_dictionary_finds_and_goes_back_without_trace()
    {
        using var folder = new TempFolder();
        var catalog = OwnLayer.Catalog(folder, "trees.json", OwnLayer.GrazTrees);
        var importer = await OwnLayer.Importer(database, catalog);
        var (before, after) = (Trees(First), Trees(Second));

        var first = await Import(importer, First);
        Assert.Equal((17_538, 0), (first.Counts.Added, first.Counts.Refused));
        var (content, history) = (await database.Content("graz_trees"), await database.History("graz_trees"));
        var second = await Import(importer, Second);

        Assert.Equal(17_633, second.Counts.Delivered);
        Assert.Equal(["31706|CodeDuplicateInFile"], await database.Rows($"""
            select key, code from cityops.quarantine join cityops.batch_issue using (batch_id, source_layer, row_number) where batch_id = {second.Id}
            """));
        Assert.Equal(after.Keys.Except(before.Keys).Order(), (await database.Rows($"""
            select number from gis.graz_trees where batch_id = {second.Id} and fid not in (select fid from gis.graz_trees_history)
            """)).Order());
        Assert.Equal(before.Keys.Except(after.Keys).Order(), await Closed(second, "removed"));
        Assert.Equal(before.Keys.Intersect(after.Keys).Where(key => Moved(before[key], after[key])).Order(), await Closed(second, "moved"));
        Assert.Equal(before.Keys.Intersect(after.Keys).Where(key => !Moved(before[key], after[key]) && before[key].Values != after[key].Values).Order(), await Closed(second, "changed"));
        Assert.Equal((255, 161, 63), (second.Counts.Added, second.Counts.Removed, second.Counts.Moved));
        Assert.Equal(110, before.Keys.Intersect(after.Keys).Count(key => before[key].Values != after[key].Values));
        Assert.Equal(after.Count, await database.Value<long>("select count(*) from gis.graz_trees"));

        await new Publication(database.Source, catalog).RollBack(catalog.Find("graz_trees")!, second.Id, TestContext.Current.CancellationToken);
        Assert.Equal(content, await database.Content("graz_trees"));
        Assert.Equal(history, await database.History("graz_trees"));
    }

    static bool Moved(Tree before, Tree after) => (before.X, before.Y) != (after.X, after.Y);

    async Task<IEnumerable<string>> Closed(Batch batch, string change)
        => (await database.Rows($"select number from gis.graz_trees_history where closed_by_batch = {batch.Id} and change = '{change}'")).Order();

    static async Task<Batch> Import(Importer importer, string file)
    {
        var result = await importer.Import(SharedData.Need(file), new() { LayerId = "graz_trees", CodeRule = CodeRule.Local }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(ImportOutcome.Published, result.Outcome);
        return result.Batch!;
    }

    // Of two rows with one number the first counts.
    static Dictionary<string, Tree> Trees(string file)
    {
        using var stream = new GZipStream(File.OpenRead(SharedData.Need(file)), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(stream);
        var trees = new Dictionary<string, Tree>();
        foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
        {
            var (fields, at) = (feature.GetProperty("properties"), feature.GetProperty("geometry").GetProperty("coordinates"));
            var values = string.Join('|', Compared.Select(name => fields.TryGetProperty(name, out var value) ? value.ToString() : ""));
            trees.TryAdd(fields.GetProperty("nummer").ToString(), new(values, at[0].GetDouble(), at[1].GetDouble()));
        }
        return trees;
    }
}
