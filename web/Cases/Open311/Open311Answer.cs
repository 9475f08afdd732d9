using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Cases.Open311;

/// <summary>An answer of GeoReport v2, which is a list of flat things, as XML or as JSON by the ending of the address.</summary>
/// <param name="List">Name of the list in XML: <c>services</c>, <c>service_requests</c>, <c>errors</c>.</param>
/// <param name="Thing">Name of each thing in XML.</param>
/// <param name="Things">Members by their names in the standard; null ones are empty in XML.</param>
sealed record Open311Answer(string List, string Thing, IReadOnlyList<IReadOnlyDictionary<string, object?>> Things)
{
    static readonly JsonSerializerOptions s_format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>GeoReport v2, "Errors": a list with one thing.</summary>
    public static Open311Answer Fault(int status, LocalText sentence)
        => new("errors", "error", [new Dictionary<string, object?> { ["code"] = status, ["description"] = sentence.In(UiLanguage.Current) }]);

    /// <param name="format"><c>xml</c> or <c>json</c>.</param>
    public IResult In(string format, int status = StatusCodes.Status200OK) => format == "json"
        ? Results.Text(JsonSerializer.Serialize(Things, s_format), "application/json", Encoding.UTF8, status)
        : Results.Text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + Xml(), "text/xml", Encoding.UTF8, status);

    XElement Xml() => new(List, Things.Select(thing => new XElement(Thing, thing.Select(member => new XElement(member.Key, Text(member.Value))))));

    // XML holds no control characters, whatever somebody typed.
    static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        string text => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar)),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
