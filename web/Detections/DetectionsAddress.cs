using System.Globalization;
using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Detections;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Detections;

/// <summary>The state of the page of detections as its address holds it: <c>/detections?state=waiting&amp;scene=17</c>; <c>view=rules</c> shows what is done with each kind.</summary>
/// <param name="Scene">Number of the feature that is open; null for none.</param>
public sealed record DetectionsAddress(DetectionQuestion Question, long? Scene = null, bool ShowsRules = false)
{
    public const string Path = "/detections";

    /// <summary>Reads an address; what cannot be read has its default, which is what waits.</summary>
    public static DetectionsAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(new(DetectionStates.Find(Text("state")) ?? DetectionState.Waiting, Text("kind"), Number("camera")), Number("scene"), Text("view") == "rules");
    }

    public override string ToString() => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = ShowsRules ? "rules" : null, ["state"] = Question.State is { } state and not DetectionState.Waiting ? DetectionStates.Code(state) : null, ["kind"] = Question.Kind,
        ["camera"] = Question.Camera?.ToString(CultureInfo.InvariantCulture), ["scene"] = Scene?.ToString(CultureInfo.InvariantCulture),
    }.Where(one => !string.IsNullOrEmpty(one.Value)));
}
