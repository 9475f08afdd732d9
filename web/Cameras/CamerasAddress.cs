using System.Globalization;
using CityOps.Gis.PostGis.Cameras;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Cameras;

/// <summary>
/// The state of the page of cameras as its address holds it: <c>/cameras?state=online&amp;camera=17</c>; <c>view=plans</c> lists plans, <c>edit=3</c> changes one (<c>edit=new</c> makes one),
/// <c>plan=3&amp;at=2</c> shows the second picture of one.
/// </summary>
/// <param name="Page">From 1 on.</param>
/// <param name="Camera">Number of the feature that is open; null for none.</param>
/// <param name="Edited">Plan that is changed; 0 for a new one.</param>
/// <param name="Plan">Plan that is shown.</param>
/// <param name="At">Picture of the plan, from 1 on.</param>
public sealed record CamerasAddress(CameraQuestion Question, int Page = 1, long? Camera = null, bool ShowsPlans = false, long? Edited = null, long? Plan = null, int At = 1, bool IsPaused = false)
{
    public const string Path = "/cameras";

    /// <summary>The page of one camera.</summary>
    public static string Of(long fid) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{fid}");

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static CamerasAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        int From1(string name) => (int)Math.Clamp(Number(name) ?? 1, 1, 100_000);
        return new(new(Text("state"), Text("q")), From1("page"), Number("camera"), Text("view") == "plans", Text("edit") == "new" ? 0 : Number("edit"), Number("plan"), From1("at"), Text("paused") == "1");
    }

    public override string ToString() => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = ShowsPlans ? "plans" : null, ["state"] = Question.State, ["q"] = Question.Text, ["page"] = Page > 1 ? Whole(Page) : null, ["camera"] = Whole(Camera), ["edit"] = Edited == 0 ? "new" : Whole(Edited),
        ["plan"] = Whole(Plan), ["at"] = Plan is null ? null : Whole(At), ["paused"] = Plan is not null && IsPaused ? "1" : null,
    }.Where(one => !string.IsNullOrEmpty(one.Value)));

    /// <summary>Another question is asked from its first page.</summary>
    public CamerasAddress Asking(CameraQuestion question) => this with { Question = question, Page = 1 };

    static string? Whole(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
