using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Cases;

/// <summary>The state of the page of tasks as its address holds it: <c>/tasks?case=17</c>.</summary>
/// <param name="Case">Number of the feature that is open; null for none.</param>
public sealed record TasksAddress(long? Case)
{
    public const string Path = "/tasks";

    public static TasksAddress Parse(string uri)
        => new(QueryHelpers.ParseQuery(new Uri(uri).Query).TryGetValue("case", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var fid) ? fid : null);

    public override string ToString() => Case is { } fid ? string.Create(CultureInfo.InvariantCulture, $"{Path}?case={fid}") : Path;
}
