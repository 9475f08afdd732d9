using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>The state of the command view as its address holds it: <c>/command/7?view=log</c>; <c>/command</c> lists all, <c>/command?new=1</c> opens one.</summary>
/// <param name="Emergency">The one that is looked at; null: all are listed.</param>
/// <param name="View">One of <see cref="Views"/>.</param>
public sealed record CommandAddress(long? Emergency = null, string View = "situation", bool IsNew = false)
{
    public const string Path = "/command";

    /// <summary>What there is, what was sent, what happened, how it ended.</summary>
    public static readonly IReadOnlyList<string> Views = ["situation", "tasks", "log", "report"];

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static CommandAddress Parse(string uri)
    {
        var address = new Uri(uri);
        var query = QueryHelpers.ParseQuery(address.Query);
        var parts = address.AbsolutePath.Trim('/').Split('/');
        long? id = parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(id, query.TryGetValue("view", out var view) && Views.Contains(view.ToString()) ? view.ToString() : Views[0], id is null && query.TryGetValue("new", out var isNew) && isNew == "1");
    }

    public override string ToString()
        => QueryHelpers.AddQueryString(Emergency is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Path}/{id}") : Path,
            new Dictionary<string, string?> { ["view"] = Emergency is null || View == Views[0] ? null : View, ["new"] = IsNew ? "1" : null }.Where(one => one.Value is not null));
}
