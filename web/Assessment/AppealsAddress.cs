using System.Globalization;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Assessment;

/// <summary>
/// The state of the page of appeals as its address holds it: <c>/assessment/appeals?state=open&amp;appeal=5</c>; <c>?check=7</c>, or
/// <c>?case=12&amp;indicator=grid-closing&amp;of=350203001001003&amp;period=2026-11</c>, begins one.
/// </summary>
/// <param name="State">Those that are listed; null: all.</param>
/// <param name="Appeal">The one that is open.</param>
/// <param name="Check">The check on the spot that is to be appealed.</param>
/// <param name="Case">The case that is, as <paramref name="Indicator"/> counts it for <paramref name="Of"/> in <paramref name="Period"/>.</param>
public sealed record AppealsAddress(AppealState? State = null, long? Appeal = null, long? Check = null, long? Case = null, string? Indicator = null, string? Of = null, string? Period = null)
{
    public const string Path = "/assessment/appeals";

    /// <summary>Is an appeal begun?</summary>
    public bool IsNew => Check is not null || Case is not null && Indicator is not null && Of is not null;

    public static AppealsAddress OfCase(string indicator, string code, long fid, AssessmentPeriod period) => new(Case: fid, Indicator: indicator, Of: code, Period: period.ToString());

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static AppealsAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(CaseCodes.Find<AppealState>(Text("state")), Number("appeal"), Number("check"), Number("case"), Text("indicator"), Text("of"), Text("period"));
    }

    public override string ToString() => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["state"] = State is { } state ? CaseCodes.Of(state) : null, ["appeal"] = Appeal?.ToString(CultureInfo.InvariantCulture), ["check"] = Check?.ToString(CultureInfo.InvariantCulture),
        ["case"] = Case?.ToString(CultureInfo.InvariantCulture), ["indicator"] = Indicator, ["of"] = Of, ["period"] = Period,
    }.Where(one => one.Value is not null));
}
