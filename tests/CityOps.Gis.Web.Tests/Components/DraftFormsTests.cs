using Bunit;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Web.Components.Imports;
using CityOps.Gis.Web.Imports;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>What a person decides about a delivery of street lamps before it is imported.</summary>
public sealed class DraftFormsTests
{
    static readonly SourceLayer Source = new()
    {
        File = "路灯.csv", Name = "路灯", Format = "CSV", Geometry = GeometryKind.Point,
        Columns = [new("标识码", SourceColumnType.Text), new("名称", SourceColumnType.Text), new("备用", SourceColumnType.Text)],
    };

    [Fact]
    public async Task The_layer_that_knows_most_columns_is_offered_first_with_how_many_it_knows()
    {
        await using var page = new PageContext("en");
        var chosen = new List<string>();
        var form = Settings(page, new());
        form.Render(set => set.Add(one => one.OnLayer, chosen.Add));
        Assert.Matches("^Managed components · .*[12].*3", form.Find("[data-setting=layer] option").TextContent);
        await form.Change("[data-setting=layer]", "cameras");
        Assert.Equal(["cameras"], chosen);
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task A_reference_system_that_is_none_is_told_and_not_decided_and_the_sentence_goes_with_a_good_one(string language)
    {
        await using var page = new PageContext(language);
        var decided = new List<DeliverySettings>();
        var form = Settings(page, decided);
        await form.Change("[data-setting=crs]", "EPSG:1");
        Assert.Equal(language == "zh", form.Find("[role=alert]").TextContent.Any(letter => letter > '\u4e00'));
        Assert.Empty(decided);
        await form.Change("[data-setting=crs]", " EPSG:4548 ");
        Assert.Empty(form.FindAll("[role=alert]"));
        await form.Change("[data-setting=crs]", " ");
        Assert.Equal(["EPSG:4548", null], decided.Select(one => one.Crs));
    }

    [Theory]
    [InlineData("35", 0.35)]
    [InlineData("250", 1)]
    [InlineData("-3", 0)]
    [InlineData("", 0.2)]
    public async Task A_limit_is_a_share_between_none_and_all_and_what_is_no_number_leaves_it(string written, double share)
    {
        await using var page = new PageContext("en");
        var decided = new List<DeliverySettings>();
        var form = Settings(page, decided);
        Assert.Equal("20", form.Find("[data-setting=most-refused]").GetAttribute("value"));
        await form.Change("[data-setting=most-refused]", written);
        Assert.Equal(share, decided[^1].MostRefused, 9);
    }

    [Fact]
    public async Task Another_encoding_has_the_files_read_anew_and_another_scope_is_explained()
    {
        await using var page = new PageContext("en");
        var (decided, reread) = (new List<DeliverySettings>(), new List<DeliverySettings>());
        var form = Settings(page, decided);
        form.Render(set => set.Add(one => one.OnReread, reread.Add));
        await form.Change("[data-setting=encoding]", "Big5");
        Assert.Equal(("Big5", 0), (Assert.Single(reread).Encoding, decided.Count));

        var before = form.Find(".hint").TextContent;
        await form.Change("[data-setting=scope]", "WholeLayer");
        form.Render(set => set.Add(one => one.Draft, Draft(decided[^1])));
        Assert.NotEqual(before, form.Find(".hint").TextContent);
    }

    [Fact]
    public async Task What_mends_a_delivery_has_the_scope_of_that_one()
    {
        await using var page = new PageContext("en");
        var form = page.Render<SettingsForm>(set => set.Add(one => one.Draft, Draft(new() { LayerId = "components", Mends = 7 })));
        Assert.True(form.Find("[data-setting=scope]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_question_is_asked_once_for_all_files_and_answered_by_its_choice()
    {
        await using var page = new PageContext("en");
        var (form, decided) = Questions(page, Question(QuestionKind.Key, "a.csv", "标识码"), Question(QuestionKind.Key, "b.csv", "标识码"), Question(QuestionKind.WebMapOffset, "a.csv", "gcj02", "none"));
        Assert.Equal(["Key", "WebMapOffset"], form.FindAll("[data-question-kind]").Select(one => one.GetAttribute("data-question-kind")));
        Assert.Contains("a.csv", form.Find("[data-question-kind=Key] small").TextContent, StringComparison.Ordinal);
        await form.Click("[data-answer=标识码]");
        Assert.Equal("code", decided[^1].Mapping.Fields["标识码"]);
        await form.Click("[data-answer=gcj02]");
        Assert.Equal("gcj02", decided[^1].WebMapOffset);
    }

    [Fact]
    public async Task A_wrong_answer_is_told_where_it_was_given_and_stays_there_to_be_mended()
    {
        await using var page = new PageContext("en");
        var (form, decided) = Questions(page, Question(QuestionKind.Crs, "a.csv", "EPSG:4548"), Question(QuestionKind.DatumShift, "b.csv"));
        await form.Change("[data-question-kind=DatumShift] [data-written]", "plane:1,2");
        Assert.StartsWith("It should read plane:dx,dy,seconds,ppm", form.Find("[data-question-kind=DatumShift] [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("plane:1,2", form.Find("[data-question-kind=DatumShift] [data-written]").GetAttribute("value"));
        Assert.Empty(form.FindAll("[data-question-kind=Crs] [role=alert]"));
        Assert.Null(form.Find("[data-question-kind=Crs] [data-written]").GetAttribute("value"));

        await form.Change("[data-question-kind=DatumShift] [data-written]", "plane:1,2,3,4@EPSG:4548");
        Assert.Equal("plane:1,2,3,4@EPSG:4548", Assert.Single(decided).DatumShift);
        Assert.Empty(form.FindAll("[role=alert]"));
    }

    static IRenderedComponent<SettingsForm> Settings(PageContext page, List<DeliverySettings> decided)
        => page.Render<SettingsForm>(set => set.Add(one => one.Draft, Draft(new() { LayerId = "components" })).Add(one => one.OnDecide, decided.Add));

    static (IRenderedComponent<QuestionForm> Form, List<DeliverySettings> Decided) Questions(PageContext page, params DeliveryQuestion[] questions)
    {
        var decided = new List<DeliverySettings>();
        return (page.Render<QuestionForm>(set => set.Add(one => one.Draft, Draft(new() { LayerId = "components" }, questions)).Add(one => one.OnDecide, decided.Add)), decided);
    }

    static DeliveryQuestion Question(QuestionKind kind, string file, params string[] choices)
        => new(kind, file, new($"{kind}？", $"{kind}?"), new("", "")) { Choices = [.. choices.Select(choice => new QuestionChoice(choice, new(choice, choice)))] };

    static ImportDraft Draft(DeliverySettings settings, params DeliveryQuestion[] questions)
    {
        var layer = PageContext.Layer(settings.LayerId);
        var inspection = new LayerInspection { Source = Source, Mapping = FieldMapper.Map(Source, layer, settings.Mapping), Questions = questions };
        return new(new(1, "路灯.csv", "a", ImportJobState.Found, ImportTask.Inspect, null, null, default, DeliveryMaker.Current), layer, new([new(Source, null)], []), settings, [new(inspection, null)]);
    }
}
