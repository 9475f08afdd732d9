using System.Globalization;
using CityOps.Gis.PostGis.Audit;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>The address of the audit page, which holds what is looked for: as it was typed, so that the form shows it again.</summary>
/// <param name="From">First and last day, <c>2026-11-26</c>.</param>
/// <param name="Before">Number of the last entry of the page before.</param>
public sealed record AuditAddress(string Who = "", string Kind = "", string From = "", string To = "", string Layer = "", string Fid = "", string Words = "", long? Before = null)
{
    const string Page = "/audit", Download = "/audit/entries.csv";

    public static AuditAddress Parse(string query)
    {
        var asked = QueryHelpers.ParseQuery(query);
        return new(One("who"), One("kind"), One("from"), One("to"), One("layer"), One("fid"), One("q"), long.TryParse(One("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);

        string One(string name) => asked.TryGetValue(name, out var values) ? values.ToString() : "";
    }

    /// <summary>Address of the same entries as a CSV file.</summary>
    public string Csv => Written(Download, null);

    /// <summary>What is asked of the log; days are those of a time zone. A number or a day that is none does not narrow.</summary>
    public AuditQuestion Question(TimeZoneInfo zone) => new(
        Text(Who), AuditKinds.Find(Kind), Start(From, zone, 0), Start(To, zone, 1), Text(Layer),
        long.TryParse(Fid, NumberStyles.None, CultureInfo.InvariantCulture, out var fid) ? fid : null, Text(Words));

    public override string ToString() => Written(Page, Before);

    string Written(string path, long? before) => path + QueryString.Create(
        new (string Name, string? Value)[] { ("who", Who), ("kind", Kind), ("from", From), ("to", To), ("layer", Layer), ("fid", Fid), ("q", Words), ("before", before?.ToString(CultureInfo.InvariantCulture)) }
            .Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value)));

    static string? Text(string typed) => typed.Trim() is { Length: > 0 } text ? text : null;

    static DateTimeOffset? Start(string day, TimeZoneInfo zone, int later)
        => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.AddDays(later).ToDateTime(default) is var local
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;
}
