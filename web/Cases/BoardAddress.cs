using System.Globalization;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cases;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Cases;

/// <summary>The state of the board as its address holds it: <c>/board?stage=file&amp;urgency=overdue&amp;area=350203&amp;case=17</c>.</summary>
/// <param name="Page">From 1 on.</param>
/// <param name="Case">Number of the feature that is open; null for none.</param>
public sealed record BoardAddress(BoardQuestion Question, int Page = 1, long? Case = null)
{
    public const string Path = "/board";

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static BoardAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(QuestionOf(Text), (int)Math.Clamp(Number("page") ?? 1, 1, 100_000), Number("case"));
    }

    /// <summary>What parameters of a request ask, by the same names.</summary>
    public static BoardQuestion QuestionOf(Func<string, string?> text)
        => new(CaseCodes.Find<CaseStage>(text("stage")), CaseCodes.Find<CaseUrgency>(text("urgency")), text("class"), text("department"), text("area") is { } code && SpineTree.LayerOf(code) is not null ? code : null, text("q"));

    /// <summary>Address of the places that the map draws.</summary>
    public string Places => With("/api/cases/board/places", []);

    public override string ToString()
        => With(Path, new() { ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null, ["case"] = Case?.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Another question is asked from its first page.</summary>
    public BoardAddress Asking(BoardQuestion question) => this with { Question = question, Page = 1 };

    string With(string path, Dictionary<string, string?> more) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["stage"] = Question.Stage is { } stage ? CaseCodes.Of(stage) : null, ["urgency"] = Question.Urgency is { } urgency ? CaseCodes.Of(urgency) : null,
        ["class"] = Question.Class, ["department"] = Question.Department, ["area"] = Question.Area, ["q"] = Question.Text,
    }.Concat(more).Where(one => !string.IsNullOrEmpty(one.Value)));
}
