using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Web.Api.Exports;

/// <summary>The list of exports as a page for a person. Every text goes through <see cref="XElement"/>, so none is ever markup.</summary>
sealed class ExportRecordPage(LayerCatalog layers, string timeZone)
{
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    public string Html(IReadOnlyList<ExportRecord> records)
    {
        var title = Say("导出记录", "Exports");
        var page = new XElement("html", new XAttribute("lang", UiLanguage.Current),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", title), new XElement("style", Css)),
            new XElement("body", new XElement("h1", title), records.Count == 0 ? new XElement("p", Say("还没有导出。", "Nothing has been exported yet.")) : Table(records)));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = XmlWriter.Create(text, new() { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment }))
            page.WriteTo(writer);
        return "<!doctype html>\n" + text;
    }

    XElement Table(IReadOnlyList<ExportRecord> records) => new("table",
        new XElement("thead", Row("th",
            Say("时间", "Time"), Say("导出人", "Who"), Say("图层", "Layer"), Say("查询条件", "Question"), Say("格式", "Format"), Say("行数", "Rows"), Say("大小", "Size"), Say("结果", "Outcome"))),
        new XElement("tbody", records.Select(one => Row("td",
            TimeZoneInfo.ConvertTime(one.StartedAt, _zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            one.Who,
            layers.Find(one.LayerId)?.Title.In(UiLanguage.Current) ?? one.LayerId,
            one.Question.Length == 0 ? Say("全部", "everything") : Uri.UnescapeDataString(one.Question),
            one.Options.Length == 0 ? one.Format : $"{one.Format} · {one.Options}",
            one.Rows.ToString("N0", CultureInfo.InvariantCulture),
            Size(one.Bytes),
            one.IsFinished ? Say("完成", "finished") : one.EndedAt is null ? Say("未结束", "not ended") : Say("中断", "broken off")))));

    static XElement Row(string cell, params string[] texts) => new("tr", texts.Select(text => new XElement(cell, text)));

    static string Size(long bytes) 
        => bytes < 10_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");

    static string Say(string zh, string en) => new LocalText(zh, en).In(UiLanguage.Current);

    const string Css = """
        body { max-width: 1100px; margin: 32px auto; padding: 0 20px; color: #1d2b36; font: 15px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
        h1 { font-size: 26px; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid #e1e6eb; overflow-wrap: anywhere; vertical-align: top; }
        th { font-weight: 400; color: #5b6770; white-space: nowrap; } td { font-variant-numeric: tabular-nums; }
        @media (prefers-color-scheme: dark) { body { background: #14202b; color: #e6ecf1; } th { color: #9fb0bd; } th, td { border-color: #2c3b48; } }
        """;
}
