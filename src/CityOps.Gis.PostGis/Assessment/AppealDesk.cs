using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Cases;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>
/// Where appeals are made and answered, for the caller of the flow and within his scope: one transaction with the entry in the audit log. What is refused here with a sentence the
/// database refuses too (<c>assessment.check_appeal</c>).
/// </summary>
public sealed class AppealDesk(CallerDatabase source)
{
    /// <summary>Characters of a reason and of an answer.</summary>
    public const int MostCharacters = 1000;
    const int MostPhotos = 9;

    /// <summary>Why it would be refused whatever the database holds: asked before its photos are made, which takes long. Null where nothing speaks against it.</summary>
    /// <param name="photos">How many come with it.</param>
    public static CaseRefusal? Refusal(NewAppeal appeal, int photos)
        => !Caller.Current.May(Permission.HandleCases) && !Caller.Current.May(Permission.InspectCases) && !IsOwn(appeal) ? AppealRefusals.NotAssessed
            : string.IsNullOrWhiteSpace(appeal.Reason) || appeal.Reason.Trim().Length > MostCharacters ? AppealRefusals.NeedsReason
            : photos > MostPhotos ? AppealRefusals.TooManyPhotos
            : (appeal.Check is null) == (appeal.Case is null) || appeal.Case is not null && (appeal.Indicator is null || appeal.Object is null) ? AppealRefusals.NoMatter
            : appeal.Check is null && AssessmentPeriod.TryParse(appeal.Period) is null ? AppealRefusals.NeedsPeriod
            : null;

    // Whoever made a step that counts for him appeals, whatever he may today.
    static bool IsOwn(NewAppeal appeal) => appeal is { Case: not null, Object: { } whose } && whose == Caller.Current.Id;

    /// <summary>An appeal of who is assessed: of the department, at work in the grid, or the one whose step it is.</summary>
    public async Task<AssessmentOutcome> Make(NewAppeal appeal, CancellationToken cancel = default)
        => Refusal(appeal, appeal.Photos.Count) is { } refused ? refused
            : await Change(AppealRefusals.OfAppeal, async work =>
            {
                if (await work.Value("select id from assessment.appeal where token = $1", cancel, (appeal.Token, NpgsqlDbType.Uuid)) is long sent)
                    return sent;
                var id = (long)(await work.Value("""
                    insert into assessment.appeal (indicator, object, case_fid, check_fid, period, reason, photos, who_id, who, token) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id
                    """, cancel, (appeal.Indicator, NpgsqlDbType.Text), (appeal.Object, NpgsqlDbType.Text), (appeal.Case, NpgsqlDbType.Bigint), (appeal.Check, NpgsqlDbType.Bigint), (appeal.Period ?? "", NpgsqlDbType.Text),
                    (appeal.Reason.Trim(), NpgsqlDbType.Text), ((short)appeal.Photos.Count, NpgsqlDbType.Smallint), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (appeal.Token, NpgsqlDbType.Uuid)))!;
                await CheckPhotos.Write(work, appeal.Photos, appeal: id, check: null, after: 0, cancel);
                await AuditLog.Write(work.Connection, new(AuditKind.AppealMade, Text(id), null, new { appeal.Indicator, appeal.Object, appeal.Case, appeal.Check, appeal.Reason, Photos = appeal.Photos.Count }), cancel);
                return id;
            }, cancel);

    /// <summary>The centre's answer. An accepted appeal takes the case out of the indicator, or withdraws the check.</summary>
    public async Task<AssessmentOutcome> Answer(long id, bool isAccepted, string? reason, CancellationToken cancel = default)
        => !Caller.Current.May(Permission.SuperviseCases) ? AppealRefusals.NotOfCentre
            : string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > MostCharacters ? AppealRefusals.NeedsReason
            : await Change(AppealRefusals.OfAnswer, async work =>
            {
                var state = isAccepted ? AppealState.Accepted : AppealState.Rejected;
                if (await work.Run("update assessment.appeal set state = $2, answer = $3, answered_at = clock_timestamp(), answered_id = $4, answered_by = $5 where id = $1", cancel, (id, NpgsqlDbType.Bigint),
                    (Gis.Cases.CaseCodes.Of(state), NpgsqlDbType.Text), (reason.Trim(), NpgsqlDbType.Text), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text)) == 0)
                    return AppealRefusals.NoAppeal;
                await AuditLog.Write(work.Connection, new(AuditKind.AppealAnswered, Text(id), null, new { State = Gis.Cases.CaseCodes.Of(state), Answer = reason.Trim() }), cancel);
                return id;
            }, cancel);

    /// <summary>Takes an appeal back, as long as nobody has answered it: for who made it.</summary>
    public Task<AssessmentOutcome> Withdraw(long id, CancellationToken cancel = default) => Change(AppealRefusals.OfWithdrawal, async work =>
    {
        if (await work.Run("update assessment.appeal set state = $2, answered_at = clock_timestamp(), answered_id = $3, answered_by = $4 where id = $1", cancel, (id, NpgsqlDbType.Bigint),
            (Gis.Cases.CaseCodes.Of(AppealState.Withdrawn), NpgsqlDbType.Text), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text)) == 0)
            return AppealRefusals.NoAppeal;
        await AuditLog.Write(work.Connection, new(AuditKind.AppealWithdrawn, Text(id)), cancel);
        return id;
    }, cancel);

    /// <summary>May the caller appeal against this? Only who is assessed may.</summary>
    /// <param name="department">Null where a grid is assessed.</param>
    /// <param name="grid">Null where a department is.</param>
    public async Task<bool> MayAppeal(string? department, string? grid, CancellationToken cancel = default)
    {
        await using var work = await CallerTransaction.Begin(source, cancel);
        return await work.Value("select assessment.is_assessed($1, $2)", cancel, (department, NpgsqlDbType.Text), (grid, NpgsqlDbType.Text)) is true;
    }

    async Task<AssessmentOutcome> Change(Func<PostgresException, CaseRefusal?> refusal, Func<CallerTransaction, Task<AssessmentOutcome>> change, CancellationToken cancel)
    {
        await using var work = await CallerTransaction.Begin(source, cancel);
        try
        {
            var outcome = await change(work);
            if (outcome.Refusal is null)
                await work.Commit(cancel);
            return outcome;
        }
        catch (PostgresException fault) when (refusal(fault) is not null)
        {
            return refusal(fault)!;
        }
    }

    static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
