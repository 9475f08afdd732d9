using System.Xml.Linq;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Parts of a page. Every text goes through here or through <see cref="XElement"/>, so nothing that was delivered is ever markup.</summary>
static class Html
{
    static readonly string[] Void = ["meta", "br", "hr"];

    public static XElement Of(string name, string? cssClass, string? text)
        => new(name, cssClass is null ? null : new XAttribute("class", cssClass), XmlText.Clean(text ?? ""));

    public static XElement Section(string heading, params object?[] content) => new("section", Of("h2", null, heading), content);

    /// <param name="headings">Null for a table without a heading row.</param>
    public static XElement Table(string cssClass, IReadOnlyList<string>? headings, IReadOnlyList<XElement[]> rows) => new("table", new XAttribute("class", cssClass),
        headings is null ? null : new XElement("thead", new XElement("tr", headings.Select(one => Of("th", null, one)))),
        new XElement("tbody", rows.Select(cells => new XElement("tr", cells))));

    public static string? Short(string? text, int most) => text is null || text.Length <= most ? text : text[..(most - 1)] + "…";

    /// <summary>The same page with an end tag for every element that HTML wants one for: to a browser <c>&lt;td /&gt;</c> is no end.</summary>
    public static XElement Closed(XElement page)
    {
        foreach (var element in page.Descendants().Where(one => one.IsEmpty && !Void.Contains(one.Name.LocalName)))
            element.Value = "";
        return page;
    }
}
