using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Ratings over HTTP: as JSON, as areas to be drawn, and as an Excel workbook. See <c>src/docs/assessment.md</c>.</summary>
public static class AssessmentEndpoints
{
    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapAssessment(this IEndpointRouteBuilder routes)
    {
        var ratings = routes.MapGroup("/api/assessment").RequireAuthorization(Permissions.Policy(Permission.View));
        ratings.MapGet("", Ratings);
        ratings.MapGet("/mine", Mine);
        ratings.MapGet("/mine/cases", OwnCases);
        ratings.MapGet("/areas", Areas);
        ratings.MapGet("/photos/{id:guid}", Photo);
        ratings.MapGet("/appeals", AppealEndpoints.All);
        ratings.MapPost("/appeals", AppealEndpoints.Make);
        ratings.MapPost("/appeals/{id:long}/answer", AppealEndpoints.Answer);
        ratings.MapPost("/appeals/{id:long}/withdraw", AppealEndpoints.Withdraw);
        ratings.MapGet("/book.xlsx", Book).RequireAuthorization(Permissions.Policy(Permission.Export));
        return routes;
    }

    /// <summary>May the caller see ratings of a kind? Those of people are for who evaluates.</summary>
    public static bool MaySee(this Caller caller, AssessedKind kind) => caller.May(kind.IsPerson() ? Permission.SuperviseCases : Permission.View);

    /// <summary>Does what the caller may do with cases count for him?</summary>
    public static bool IsRated(this Caller caller)
        => caller.May(Permission.ReportCases) || caller.May(Permission.InspectCases) || caller.May(Permission.RegisterCases) || caller.May(Permission.FileCases) || caller.May(Permission.DispatchCases);

    static async Task<IResult> Ratings(string? kind, string? period, string? aspect, Assessments assessments, AssessmentWords words, CancellationToken cancel)
    {
        var question = AssessmentAddress.Read(kind, period, aspect, words.Today);
        if (!Caller.Current.MaySee(question.Kind))
            return Results.Forbid();
        var (_, all, closedAt) = await assessments.Of(question, cancel);
        return Results.Json(new
        {
            Period = question.Period.ToString(), closedAt,
            Ratings = Rating.Ranked(all).Select(one => new
            {
                one.Place, one.Rating.Code, one.Rating.Name, one.Rating.Total, Grade = one.Rating.Grade?.ToString(), one.Rating.Points, one.Rating.RatedWeight, one.Rating.Figures,
            }),
        }, Format);
    }

    // By the caller's own id: the address names nobody.
    static async Task<IResult> Mine(string? period, OwnFigures figures, AssessmentWords words, CancellationToken cancel)
    {
        var month = AssessmentPeriod.TryParse(period) ?? AssessmentPeriod.MonthOf(await figures.LastDay(cancel) ?? words.Today);
        var own = await figures.Of(month, cancel);
        var told = new List<object>();
        foreach (var (kind, _, rating) in own.Ratings)
        {
            var place = await figures.Place(kind, month, cancel);
            told.Add(new { Kind = CaseCodes.Of(kind), rating.Total, Grade = rating.Grade?.ToString(), rating.RatedWeight, place?.Place, place?.Of, rating.Figures });
        }
        return Results.Json(new { Code = Caller.Current.Id, Period = month.ToString(), own.ClosedAt, Ratings = told }, Format);
    }

    static async Task<IResult> OwnCases(string? period, string? indicator, OwnFigures figures, AssessmentWords words, CancellationToken cancel)
    {
        if (indicator is null || await figures.KindOf(indicator, cancel) is null)
            return Results.NotFound();
        var behind = await figures.Cases(AssessmentPeriod.TryParse(period) ?? AssessmentPeriod.MonthOf(await figures.LastDay(cancel) ?? words.Today), indicator, cancel);
        return Results.Json(new { behind.Unseen, Cases = behind.Cases.Select(one => new { one.Fid, one.Number, one.Title, one.At, one.Counts, one.Appeal }) }, Format);
    }

    static async Task<IResult> Areas(string? kind, string? period, string? aspect, Assessments assessments, RatedAreas areas, AssessmentWords words, CancellationToken cancel)
    {
        var question = AssessmentAddress.Read(kind, period, aspect, words.Today);
        if (!question.Kind.IsArea())
            return Results.Json(new { type = "FeatureCollection", features = Array.Empty<object>() }, Format, "application/geo+json");
        var (_, all, _) = await assessments.Of(question, cancel);
        var outlines = await areas.Of(question.Kind, all.Select(one => one.Code), cancel);
        return Results.Json(new
        {
            type = "FeatureCollection",
            features = all.Where(one => outlines.ContainsKey(one.Code)).Select(one => new
            {
                type = "Feature", id = one.Code, geometry = JsonNode.Parse(outlines[one.Code]),
                properties = new { label = $"{one.Name ?? one.Code} {words.Score(one.Total)}", grade = one.Grade?.ToString() ?? "" },
            }),
        }, Format, "application/geo+json");
    }

    static async Task<IResult> Photo(Guid id, bool? small, HttpContext context, CheckPhotos photos, CancellationToken cancel)
    {
        if (await photos.Find(id, small ?? false, cancel) is not { } bytes)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=86400";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}.jpg\"";
        return Results.Bytes(bytes, "image/jpeg");
    }

    static async Task<IResult> Book(string? kind, string? period, string? aspect, Assessments assessments, AssessmentWords words, IStringLocalizer<AssessmentText> texts, CancellationToken cancel)
    {
        var question = AssessmentAddress.Read(kind, period, aspect, words.Today);
        if (!Caller.Current.MaySee(question.Kind))
            return Results.Forbid();
        var (indicators, all, _) = await assessments.Of(question, cancel);
        var book = new MemoryStream();
        await AssessmentBook.Write(book, indicators, all, texts, cancel);
        book.Position = 0;
        var name = $"{texts["ReportTitle", words.Of(question.Kind), words.Of(question.Period)].Value.Replace('/', '-').Replace(':', ' ')}.xlsx";
        return Results.File(book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    }
}
