using System.Xml.Linq;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Reporting;

public sealed class HtmlReportTests
{
    [Theory]
    [InlineData("zh", "已发布：交付 12,345 行，接收 12,342 行，拒收 3 行。")]
    [InlineData("en", "Published: of 12,345 rows delivered, 12,342 were accepted and 3 refused.")]
    public void The_page_says_in_one_sentence_how_it_ended(string language, string sentence)
        => Assert.Equal(sentence, Page(SampleReport.Make(), language).Descendants("p").First(p => (string?)p.Attribute("class") == "sentence").Value);

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Nothing_that_was_delivered_becomes_markup(string language)
    {
        var page = Page(SampleReport.Make(), language);

        Assert.Empty(page.Descendants("script"));
        Assert.Contains(page.Descendants("td"), cell => cell.Value == SampleReport.Nasty);
        Assert.Contains(page.Descendants("td"), cell => cell.Value.Contains("<雨水箅>", StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_and_broken_pairs_in_a_value_leave_the_page_readable()
    {
        var report = SampleReport.Make() with { Issues = [new("路灯", 1, "CodeLength", "error", "ObjID", "a\u0001b\uD83D", null, null, null)] };

        Assert.Contains(Page(report, "zh").Descendants("td"), cell => cell.Value == "a\uFFFDb\uFFFD");
    }

    [Fact]
    public void The_page_asks_nothing_of_the_network()
        => Assert.DoesNotContain(Page(SampleReport.Make(), "en").DescendantsAndSelf().Attributes(), one => one.Name.LocalName is "src" or "href" || one.Value.Contains("://", StringComparison.Ordinal));

    [Fact]
    public void The_folders_of_the_machine_are_not_told()
        => Assert.DoesNotContain("/srv/incoming", Text(SampleReport.Make(), "en"), StringComparison.Ordinal);

    [Fact]
    public void True_counts_stand_beside_how_many_are_listed()
    {
        var row = Page(SampleReport.Make(), "en").Descendants("tr").Single(tr => tr.Descendants("code").Any(code => code.Value == "ValueNotInList"));

        Assert.Equal(["5,000", "300"], row.Elements("td").TakeLast(2).Select(cell => cell.Value));
    }

    [Theory]
    [InlineData("zh", "列出 200 条，共 5,006 条。")]
    [InlineData("en", "200 of 5,006 are listed.")]
    public void The_first_two_hundred_faults_are_listed_and_it_says_so(string language, string sentence)
    {
        var page = Page(SampleReport.Make(), language);

        Assert.Equal(200, page.Descendants("table").Single(table => (string?)table.Attribute("class") == "faults").Element("tbody")!.Elements().Count());
        Assert.Contains(page.Descendants("p"), p => p.Value.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Layers_of_one_kind_share_one_mapping_table()
    {
        var page = Page(SampleReport.Make(), "zh");
        var mapping = page.Descendants("table").Single(table => (string?)table.Attribute("class") == "mapping");

        Assert.Contains(mapping.Descendants("tr"), row => row.Value.Contains("标识码", StringComparison.Ordinal) && row.Value.Contains("ObjID", StringComparison.Ordinal));
        Assert.Contains("未采用的交付字段：照片。", page.Value, StringComparison.Ordinal);
        Assert.Contains("适用于 上水井盖、路灯", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoding_and_reference_system_come_with_their_evidence()
    {
        var page = Page(SampleReport.Make(), "zh").Value;

        Assert.Contains("上水井盖 的 .cpg 写明 GBK。", page, StringComparison.Ordinal);
        Assert.Contains("EPSG:4548", page, StringComparison.Ordinal);
        Assert.Contains(SampleReport.Inspection("路灯").Crs!.Evidence[0].Zh, page, StringComparison.Ordinal);
        Assert.Contains("其他依据", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_of_two_zones_never_share_one_sentence()
    {
        var other = SampleReport.Inspection("路灯", "EPSG:4549");
        var page = Page(SampleReport.Make() with { Layers = [SampleReport.Inspection("上水井盖"), other] }, "zh");

        Assert.Contains(page.Descendants("li"), item => item.Value.Contains(other.Crs!.Evidence[0].Zh, StringComparison.Ordinal));
    }

    [Fact]
    public void Dots_are_drawn_by_severity_within_the_picture()
    {
        var dots = Dots(SampleReport.Make());

        Assert.Equal(["#d98200", "#b3261e"], dots.Select(path => path.Attribute("stroke")!.Value));
        Assert.Equal(2, dots[1].Attribute("d")!.Value.Count(letter => letter == 'M'));
        Assert.All(dots.SelectMany(Positions), at => Assert.True(at.X is > 0 and < 900 && at.Y is > 0 and < 460));
    }

    [Fact]
    public void One_fault_on_another_continent_does_not_shrink_the_city()
    {
        var report = SampleReport.Make();
        var far = report with { Issues = [.. report.Issues, new("路灯", 400, "OutsideSurveyArea", "error", null, null, null, 2.35, 48.85)] };
        var near = Positions(Dots(far)[0]).ToList();

        Assert.True(near.Max(at => at.X) - near.Min(at => at.X) > 150);
        Assert.Contains("其中 1 条远在图外", Text(far, "zh"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_waits_gives_its_reasons()
    {
        var report = SampleReport.Make();
        var waits = report with { Batch = report.Batch with { State = BatchState.Staged }, Outcome = ImportOutcome.Waits, Reasons = [new("移除过多。", "Too many would be removed.")] };

        Assert.Contains("Too many would be removed.", Text(waits, "en"), StringComparison.Ordinal);
        Assert.Contains("Waits for a decision", Text(waits, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flawless_delivery_makes_a_page_without_empty_tables()
    {
        var report = SampleReport.Make();
        var clean = report with { Batch = report.Batch with { Counts = new() { Delivered = 1, Accepted = 1, Unchanged = 1 } }, Issues = [], Faults = [], Quarantine = WaitingRows.None, Layers = [] };
        var page = Page(clean, "en");

        Assert.All(page.Descendants("tbody"), body => Assert.NotEmpty(body.Elements("tr")));
        Assert.Contains("Nothing has changed", page.Value, StringComparison.Ordinal);
        Assert.Contains("No faults were found.", page.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Every_rule_has_its_text_and_clause_in_both_languages(string language)
    {
        var codes = Enum.GetNames<CityOps.Gis.SurveyImport.Checking.IssueCode>();
        var report = SampleReport.Make() with { Issues = [.. codes.Select(code => new StoredIssue("路灯", 1, code, "warning", null, null, null, null, null))] };
        var page = Page(report, language);

        Assert.All(codes, code => Assert.Contains(new LocalText(ImportReport.RuleOf(code)!.Text.Zh, ImportReport.RuleOf(code)!.Text.En).In(language), page.Value, StringComparison.Ordinal));
    }

    static List<XElement> Dots(ImportReport report) => [.. Page(report, "zh").Descendants("path").Where(path => path.Attribute("stroke-linecap") is not null)];

    static IEnumerable<(double X, double Y)> Positions(XElement path) => path.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries)
        .Select(one => one[..^2].Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).Select(at => (at[0], at[1]));

    static string Text(ImportReport report, string language) => Page(report, language).ToString();

    static XElement Page(ImportReport report, string language)
    {
        using var folder = new TempFolder();
        HtmlReport.Write(report, language, folder.File("report.html"));
        var lines = File.ReadAllText(folder.File("report.html"));
        Assert.StartsWith("<!DOCTYPE html>", lines, StringComparison.Ordinal);
        return XElement.Parse(lines["<!DOCTYPE html>".Length..]);
    }
}
