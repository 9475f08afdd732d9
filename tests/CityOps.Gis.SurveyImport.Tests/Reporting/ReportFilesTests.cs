using System.Data;
using System.Resources;
using System.Text.Json;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.Testing;
using ExcelDataReader;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Reporting;

public sealed class ReportFilesTests
{
    // The workbooks are read here by ExcelDataReader, which wants code page 1252.
    static ReportFilesTests() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("zh", "概况|按规则|问题清单|隔离数据")]
    [InlineData("en", "Summary|By rule|Faults|Quarantine")]
    public void The_workbook_has_four_sheets(string language, string names)
        => Assert.Equal(names, string.Join('|', Sheets(SampleReport.Make(), language).Select(sheet => sheet.Name)));

    [Fact]
    public void The_workbook_counts_as_the_batch_does()
    {
        var sheets = Sheets(SampleReport.Make(), "en");

        Assert.Contains(sheets[0].Rows, row => row is ["Delivered", 12_345.0]);
        Assert.Contains(sheets[1].Rows, row => row is ["Warning", "ValueNotInList", "The value is not in the code list", _, 5_000.0, 300.0]);
        Assert.Equal(305, sheets[2].Rows.Count);
    }

    [Fact]
    public void A_fault_in_the_workbook_has_its_row_value_rule_and_place()
        => Assert.Contains(Sheets(SampleReport.Make(), "zh")[2].Rows, row => row is
            ["错误", "CodeLength", "上水井盖", 5.0, "ObjID", "35020301", "17", "标识码位数不对", "GB/T 47678.5-2026; CJ/T 214-2007", 118.0912345678, 24.4456789012]);

    [Fact]
    public void Refused_rows_stand_in_delivered_columns_beside_their_faults()
    {
        var rows = Sheets(SampleReport.Make(), "en")[3].Rows;

        Assert.Equal(["Layer", "Row", "Faults", "ObjID", "ObjName", "DeptCode1", "DeptName1", "BGID", "ObjState", "ORDate", "照片"], rows[0]);
        Assert.Equal(["上水井盖", 5.0, "ObjID: The identification code has the wrong length", "35020301", SampleReport.Nasty], rows[1][..5]);
    }

    [Fact]
    public void Long_texts_and_control_characters_do_not_break_the_workbook()
    {
        var report = SampleReport.Make() with { Issues = [new("路灯", 1, "CodeLength", "error", "=1+1", "a\u0001b\uD83D" + new string('x', 40_000), null, null, null)] };
        var row = Sheets(report, "en")[2].Rows[1];

        Assert.Equal("=1+1", row[4]);
        Assert.StartsWith("a\uFFFDb\uFFFDxxx", (string)row[5]!, StringComparison.Ordinal);
        Assert.Equal(32_767, ((string)row[5]!).Length);
    }

    [Fact]
    public void The_GeoJSON_has_every_fault_with_a_position()
    {
        using var folder = new TempFolder();
        GeoJsonReport.Write(SampleReport.Make(), "zh", folder.File("faults.geojson"));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("faults.geojson")));
        var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();
        var first = features[0].GetProperty("properties");

        Assert.Equal(302, features.Count);
        Assert.Equal(2, json.RootElement.GetProperty("withoutPosition").GetInt32());
        Assert.Equal([118.0912345678, 24.4456789012], features[0].GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(one => one.GetDouble()));
        Assert.Equal("上水井盖|5|CodeLength|error|ObjID|35020301|17|标识码位数不对|The identification code has the wrong length|GB/T 47678.5-2026; CJ/T 214-2007",
            string.Join('|', first.EnumerateObject().Select(one => one.Value.ToString())));
    }

    [Fact]
    public void All_files_are_named_for_the_batch()
    {
        using var folder = new TempFolder();
        var files = ReportFiles.WriteAll(SampleReport.Make(), "zh", folder.File("out"));

        Assert.Equal(["report-7.html", "report-7.xlsx", "report-7.geojson", "quarantine-7.geojson"], files.Select(Path.GetFileName));
        Assert.All(files, file => Assert.True(new FileInfo(file).Length > 0));
    }

    [Fact]
    public void Nothing_refused_leaves_no_quarantine_file()
    {
        using var folder = new TempFolder();

        Assert.DoesNotContain(ReportFiles.WriteAll(SampleReport.Make() with { Quarantine = WaitingRows.None }, "zh", folder.Path), file => file.Contains("quarantine", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_languages_have_the_same_texts()
    {
        var texts = new ResourceManager("CityOps.Gis.SurveyImport.Reporting.ReportText", typeof(ImportReport).Assembly);
        string[] Keys(System.Globalization.CultureInfo culture)
            => [.. texts.GetResourceSet(culture, true, false)!.Cast<System.Collections.DictionaryEntry>().Select(one => (string)one.Key).Order(StringComparer.Ordinal)];

        Assert.Equal(Keys(System.Globalization.CultureInfo.InvariantCulture), Keys(System.Globalization.CultureInfo.GetCultureInfo("en")));
    }

    static List<(string Name, List<object?[]> Rows)> Sheets(ImportReport report, string language)
    {
        using var folder = new TempFolder();
        ExcelReport.Write(report, language, folder.File("report.xlsx"));
        using var reader = ExcelReaderFactory.CreateReader(File.OpenRead(folder.File("report.xlsx")));
        var sheets = new List<(string, List<object?[]>)>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            sheets.Add((reader.Name, rows));
        }
        while (reader.NextResult());
        return sheets;
    }
}
