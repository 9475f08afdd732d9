using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Web.Cases;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Appeals over HTTP: those that the caller sees, making one, answering it and taking it back.</summary>
static class AppealEndpoints
{
    public static async Task<IResult> All(string? state, AppealList appeals, CancellationToken cancel)
        => Results.Json((await appeals.All(CaseCodes.Find<AppealState>(state), cancel)).Select(Told), AssessmentEndpoints.Format);

    public static Task<IResult> Make(HttpContext context, AppealDesk desk, AppealList appeals, PhotoTurns turns, CancellationToken cancel) => CaseEndpoints.Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        var appeal = new NewAppeal(form["reason"] ?? "")
        {
            Check = (long?)form.Number("check"), Case = (long?)form.Number("case"), Indicator = form["indicator"], Object = form["object"], Period = form["period"], Token = form.Token("token"),
        };
        if (AppealDesk.Refusal(appeal, form.PhotoCount) is { } refusal)
            return CaseEndpoints.Refuse(refusal);
        var outcome = await desk.Make(appeal with { Photos = await form.Photos(turns, cancel) }, cancel);
        return outcome.Id is { } id ? Results.Json(Told((await appeals.Find(id, cancel))!), AssessmentEndpoints.Format, statusCode: StatusCodes.Status201Created) : CaseEndpoints.Refuse(outcome.Refusal!);
    });

    public static Task<IResult> Answer(long id, HttpContext context, AppealDesk desk, AppealList appeals, CancellationToken cancel) => CaseEndpoints.Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        if (CaseCodes.Find<AppealState>(form["state"]) is not { } state || state is not (AppealState.Accepted or AppealState.Rejected))
            throw CaseFormException.Of("state", form["state"] ?? "");
        var outcome = await desk.Answer(id, state == AppealState.Accepted, form["reason"], cancel);
        return outcome.Refusal is { } refusal ? CaseEndpoints.Refuse(refusal) : Results.Json(Told((await appeals.Find(id, cancel))!), AssessmentEndpoints.Format);
    });

    public static async Task<IResult> Withdraw(long id, AppealDesk desk, AppealList appeals, CancellationToken cancel)
    {
        var outcome = await desk.Withdraw(id, cancel);
        return outcome.Refusal is { } refusal ? CaseEndpoints.Refuse(refusal) : Results.Json(Told((await appeals.Find(id, cancel))!), AssessmentEndpoints.Format);
    }

    static object Told(Appeal one) => new
    {
        one.Id, State = CaseCodes.Of(one.State), one.Matter.Indicator, one.Matter.Object, Case = one.Matter.IsCheck ? null : (long?)one.Matter.Fid, Check = one.Matter.IsCheck ? (long?)one.Matter.Fid : null, one.Matter.Number,
        one.Matter.Points, one.Period, one.Reason, one.AskedAt, one.Who, one.Answer, one.AnsweredAt, one.AnsweredBy, Photos = one.Photos.Select(photo => $"/api/assessment/photos/{photo}"),
    };
}
