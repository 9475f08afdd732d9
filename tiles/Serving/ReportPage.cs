using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>A <see cref="TileReport"/> as a page for a person, in Chinese or English. Every text goes through <see cref="XElement"/>, so none is ever markup.</summary>
sealed class ReportPage(TileReport report, string language)
{
    readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-CN" : "en-US");

    public string Html()
    {
        var title = $"{Say("瓦片", "Tile")} {report.Tile}";
        var page = new XElement("html", new XAttribute("lang", _culture.Name),
            new XElement("head", new XElement("meta", new XAttribute("charset", "utf-8")), new XElement("title", title), new XElement("style", Css)),
            new XElement("body", new XElement("h1", title), new XElement("p", new XElement("code", report.Question)),
                Facts(), Section(Say("用时", "Time"), Table(report.Steps.Select(step => Row(step.What.In(language), $"{step.Milliseconds.ToString("0.000", _culture)} ms")))),
                report.Layers.Select(OfLayer)));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = XmlWriter.Create(text, new() { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment }))
            page.WriteTo(writer);
        return "<!doctype html>\n" + text;
    }

    XElement Facts() => Table(
    [
        Row(Say("大小", "Size"), Bytes(report.Bytes)),
        Row("gzip", Bytes(report.GzipBytes)),
        Row("brotli", Bytes(report.BrotliBytes)),
        Row(Say("缓存", "Cache"), report.Cache switch
        {
            "kept" => Say("已缓存，有效", "kept and current"),
            "outdated" => Say("已缓存，但数据已变", "kept, but the data have changed since"),
            "none" => Say("未缓存", "not kept"),
            _ => Say("已关闭", "switched off"),
        }),
        Row("ETag", report.ETag),
        Row(Say("数据", "Data"), report.Data),
    ]);

    XElement OfLayer(TileReport.Layer layer) => Section($"{layer.Title.In(language)} ({layer.Id})",
        new XElement("p", layer.Why.In(language)),
        layer.Reason is { } reason ? new XElement("p", reason.In(language)) : null,
        Table(
        [
            Row(Say("执行器", "Executor"), layer.Executor == TileExecutor.Snapshot ? Say("内存快照", "snapshot in memory") : "PostGIS (SQL)"),
            Row(Say("状态", "State"), layer.State.ToString()),
            Row(Say("数据版本", "Data version"), Number(layer.Version) + (layer.Lsn is { } lsn ? $" · LSN {lsn}" : "")),
            layer.AsOf is { } asOf ? Row(Say("数据时间", "As of"), asOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)) : null,
            Row(Say("符合条件的要素", "Features that answer"), Number(layer.Seen)),
            Row(layer.IsAggregated ? Say("绘制的格", "Cells drawn") : Say("绘制的要素", "Features drawn"), Number(layer.Drawn)),
            layer.BlocksRead is { } read ? Row(Say("读取的数据块 / 跳过", "Blocks read / passed over"), $"{Number(read)} / {Number(layer.BlocksPassedOver ?? 0)} ({Say("视图部分", "parts of the view")}: {layer.Parts})") : null,
            Row(Say("编码用时", "Made in"), $"{layer.Milliseconds.ToString("0.000", _culture)} ms"),
        ]),
        layer.Weight is { } weight ? WeightTable(weight) : null);

    XElement WeightTable(LayerWeight weight) => Table(
        weight.Attributes.OrderByDescending(one => one.Value).Select(one => (Name: one.Key, one.Value))
            .Prepend((Name: Say("几何", "geometry"), Value: weight.GeometryBytes))
            .Append((Name: Say("编号、长度等", "ids, lengths, names"), Value: weight.OtherBytes))
            .Append((Name: Say("图层合计", "layer"), Value: weight.Bytes))
            .Select(one => Row(one.Name, $"{Bytes(one.Value)} · {((double)one.Value / Math.Max(1, weight.Bytes)).ToString("P1", _culture)}")));

    static XElement Section(string heading, params object?[] content) => new("section", new XElement("h2", heading), content);

    static XElement Table(IEnumerable<XElement?> rows) => new("table", rows);

    static XElement Row(string name, string value) => new("tr", new XElement("th", name), new XElement("td", value));

    string Bytes(int bytes) => $"{Number(bytes)} {Say("字节", "bytes")}";

    string Number(long number) => number.ToString("N0", _culture);

    string Say(string zh, string en) => new LocalText(zh, en).In(language);

    const string Css = """
        body { max-width: 760px; margin: 32px auto; padding: 0 20px; color: #1d2b36; font: 15px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
        h1 { font-size: 26px; margin: 0; } h2 { font-size: 18px; margin: 32px 0 8px; } code { color: #5b6770; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; margin: 8px 0 16px; } th, td { text-align: left; padding: 5px 8px; border-bottom: 1px solid #e1e6eb; overflow-wrap: anywhere; }
        th { width: 40%; font-weight: 400; color: #5b6770; } td { font-variant-numeric: tabular-nums; }
        @media (prefers-color-scheme: dark) { body { background: #14202b; color: #e6ecf1; } th, code { color: #9fb0bd; } th, td { border-color: #2c3b48; } }
        """;
}
