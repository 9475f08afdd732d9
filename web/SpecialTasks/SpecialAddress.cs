using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.SpecialTasks;

/// <summary>The state of the page of special tasks as its address holds it: <c>/special-tasks?task=5&amp;grid=350203001001001</c>; <c>?new=1</c> makes one.</summary>
/// <param name="Task">The task that is open; null: all are listed.</param>
/// <param name="Grid">The grid of it whose checklist is open.</param>
/// <param name="Page">Of its grids, from 1 on.</param>
public sealed record SpecialAddress(long? Task = null, string? Grid = null, int Page = 1, bool IsNew = false)
{
    public const string Path = "/special-tasks";

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static SpecialAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        long? Number(string name) => query.TryGetValue(name, out var value) && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var task = Number("task");
        return new(task, task is not null && query.TryGetValue("grid", out var grid) && grid.ToString() is { Length: > 0 } code ? code : null, (int)Math.Clamp(Number("page") ?? 1, 1, 1000), task is null && Number("new") == 1);
    }

    public override string ToString() => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["task"] = Task?.ToString(CultureInfo.InvariantCulture), ["grid"] = Grid, ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null, ["new"] = IsNew ? "1" : null,
    }.Where(one => one.Value is not null));
}
