using System.IO.Compression;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>What cannot be imported gets one sentence in each language that names it, and leaves nothing behind.</summary>
public sealed class BadInputTests(PostGisDatabase database) : SmallCityTests(database)
{
    [Theory]
    [InlineData("truncated")]
    [InlineData("truncated far behind the sample")]
    [InlineData("table truncated")]
    [InlineData("no dbf")]
    [InlineData("nonsense prj")]
    [InlineData("300 columns that are no components")]
    [InlineData("text named shp")]
    [InlineData("text named zip")]
    [InlineData("text named xlsx")]
    [InlineData("empty csv")]
    [InlineData("bomb")]
    [InlineData("climbing zip")]
    [InlineData("nothing there")]
    [InlineData("no coordinates")]
    public async Task What_cannot_be_imported_is_named_in_a_sentence_and_leaves_nothing_behind(string fault)
    {
        _ = Database.Source;
        var path = Make(fault);
        var version = await Database.Version("components");

        var sentences = await Refusal(path);

        Assert.NotEmpty(sentences);
        Assert.All(sentences, sentence => AssertSentence(sentence, Path.GetFileNameWithoutExtension(path)));
        await AssertNothingLeft(version);
    }

    [Fact]
    public async Task A_file_without_rows_is_said_to_have_none_and_changes_nothing()
    {
        var version = await Database.Version("components");

        var result = await Database.Import(SmallSurvey.Write(Folder.File("空表"), []));

        Assert.Equal(ImportOutcome.Unchanged, result.Outcome);
        Assert.Equal(1, result.Batch!.Counts.Issues["NoRows"]);
        await AssertNothingLeft(version);
    }

    [Fact]
    public async Task A_row_with_a_NaN_is_refused_and_its_neighbours_come_in()
    {
        var lamps = SmallSurvey.Lamps(3);

        var batch = await Database.Publish(SmallSurvey.Write(Folder.File("lamps"), [lamps[0], lamps[1] with { X = double.NaN }, lamps[2]]));

        Assert.Equal((2, 1), (batch.Counts.Accepted, batch.Counts.Refused));
        Assert.Equal(["2|GeometryNotANumber"], await Database.Rows($"select row_number, code from cityops.batch_issue where batch_id = {batch.Id} and severity = 'error'"));
    }

    [Fact]
    public async Task Three_hundred_columns_are_read_and_those_that_go_nowhere_are_named()
    {
        using (var file = new ShapefileWriter(Folder.File("wide"), 1) { Prj = SmallSurvey.Cgcs2000 })
        {
            file.Field("ObjID", 'C', 18).Field("ObjName", 'C', 60);
            for (var column = 0; column < 298; column++)
                file.Field($"F{column}", 'C', 10);
            file.Point(118.001, 24.401, "35020301037000001", "路灯", "一");
        }

        var result = await Database.Import(Folder.File("wide.shp"));

        Assert.Equal(1, result.Batch!.Counts.Accepted);
        Assert.Equal(298, Assert.Single(result.Layers).Mapping.Unmapped.Count);
    }

    [Fact]
    public async Task A_broken_file_beside_a_sound_one_is_named_and_the_sound_one_comes_in()
    {
        SmallSurvey.Write(Path.Combine(Folder.Path, "city", "sound"), SmallSurvey.Lamps(5));
        File.WriteAllText(Path.Combine(Folder.Path, "city", "broken.shp"), "this is no shapefile");

        var result = await Database.Import(Path.Combine(Folder.Path, "city"));

        Assert.Equal(ImportOutcome.Published, result.Outcome);
        Assert.Equal(5, result.Batch!.Counts.Added);
        AssertSentence(Assert.Single(result.Faults).Message, "broken");
    }

    string Make(string fault)
    {
        var stem = Folder.File("lamps");
        switch (fault)
        {
            case "truncated":
                return Cut(SmallSurvey.Write(stem, SmallSurvey.Lamps(500)), 0.5);
            case "truncated far behind the sample":
                return Cut(SmallSurvey.Write(stem, SmallSurvey.Lamps(60_000)), 0.9);
            case "table truncated":
                Cut(SmallSurvey.Write(stem, SmallSurvey.Lamps(60_000))[..^4] + ".dbf", 0.9);
                return stem + ".shp";
            case "no dbf":
                File.Delete(SmallSurvey.Write(stem, SmallSurvey.Lamps(5))[..^4] + ".dbf");
                return stem + ".shp";
            case "nonsense prj":
                return SmallSurvey.Write(stem, [new("35020301037000001", 1e9, -4e8), new("35020301037000002", 1.1e9, -4e8)], prj: "PROJCS[nonsense");
            case "300 columns that are no components":
                using (var file = new ShapefileWriter(stem, 1))
                {
                    for (var column = 0; column < 300; column++)
                        file.Field($"F{column}", 'C', 10);
                    file.Point(118.001, 24.401, "一");
                }
                return stem + ".shp";
            case "text named shp" or "text named zip" or "text named xlsx":
                File.WriteAllText(Folder.File("lamps." + fault.Split(' ')[^1]), "code,name\n1,lamp\n");
                return Folder.File("lamps." + fault.Split(' ')[^1]);
            case "empty csv":
                File.WriteAllText(Folder.File("lamps.csv"), "");
                return Folder.File("lamps.csv");
            case "bomb":
                return Zip(archive =>
                {
                    using var entry = archive.CreateEntry("lamps.csv", CompressionLevel.SmallestSize).Open();
                    for (var megabyte = 0; megabyte < 300; megabyte++)
                        entry.Write(new byte[1 << 20]);
                });
            case "climbing zip":
                return Zip(archive =>
                {
                    using var entry = new StreamWriter(archive.CreateEntry("../../lamps.csv").Open());
                    entry.Write("code,name\n1,lamp\n");
                });
            case "no coordinates":
                File.WriteAllText(Folder.File("lamps.csv"), "ObjID,ObjName\n35020301037000001,路灯\n");
                return Folder.File("lamps.csv");
            default:
                return Folder.File("lamps.gpkg");
        }
    }

    string Zip(Action<ZipArchive> fill)
    {
        using var archive = ZipFile.Open(Folder.File("lamps.zip"), ZipArchiveMode.Create);
        fill(archive);
        return Folder.File("lamps.zip");
    }

    static string Cut(string file, double share)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength((long)(stream.Length * share));
        return file;
    }

    async Task<IReadOnlyList<LocalText>> Refusal(string path)
    {
        try
        {
            var result = await Database.Import(path);
            Assert.Equal(ImportOutcome.Asked, result.Outcome);
            return result.Reasons;
        }
        catch (SourceException refused)
        {
            return [refused.Fault.Message];
        }
    }

    static void AssertSentence(LocalText sentence, string file)
    {
        Assert.Contains(file, sentence.Zh, StringComparison.Ordinal);
        Assert.Contains(file, sentence.En, StringComparison.Ordinal);
        Assert.Contains(sentence.Zh, letter => letter is >= '\u4E00' and <= '\u9FFF');
        Assert.DoesNotContain(sentence.En, letter => letter is >= '\u4E00' and <= '\u9FFF');
        Assert.EndsWith(".", sentence.En.Split(" (--")[0].TrimEnd(')'), StringComparison.Ordinal);
    }

    async Task AssertNothingLeft(long version)
    {
        Assert.Empty(await Database.StagingTables());
        Assert.Equal(0, await Database.Value<long>("select count(*) from cityops.batch where state in ('created', 'staging', 'staged')"));
        Assert.Equal(0, await Database.Value<long>("select count(*) from gis.components"));
        Assert.Equal(version, await Database.Version("components"));
    }
}
