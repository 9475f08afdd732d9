using System.Globalization;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Devices;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Devices;

/// <summary>The state of the page of devices as its address holds it: <c>/devices?state=alarm&amp;device=17</c>; with <c>view=alarms</c> it lists alarms, with <c>closed=1</c> those that are over.</summary>
/// <param name="Page">From 1 on.</param>
/// <param name="Device">Number of the feature that is open; null for none.</param>
public sealed record DevicesAddress(DeviceQuestion Question, int Page = 1, long? Device = null, bool ShowsAlarms = false, bool ShowsClosed = false)
{
    public const string Path = "/devices";

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static DevicesAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var area = Text("area") is { } code && SpineTree.LayerOf(code) is not null ? code : null;
        return new(new(DeviceStates.Find(Text("state")), Text("kind"), area, Text("q")), (int)Math.Clamp(Number("page") ?? 1, 1, 100_000), Number("device"), Text("view") == "alarms", Text("closed") == "1");
    }

    public override string ToString() => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = ShowsAlarms ? "alarms" : null, ["closed"] = ShowsAlarms && ShowsClosed ? "1" : null,
        ["state"] = Question.State is { } state ? DeviceStates.Code(state) : null, ["kind"] = Question.Kind, ["area"] = Question.Area, ["q"] = Question.Text,
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null, ["device"] = Device?.ToString(CultureInfo.InvariantCulture),
    }.Where(one => !string.IsNullOrEmpty(one.Value)));

    /// <summary>Another question is asked from its first page.</summary>
    public DevicesAddress Asking(DeviceQuestion question) => this with { Question = question, Page = 1 };
}
