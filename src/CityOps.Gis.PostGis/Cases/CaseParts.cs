using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Co-ordination (吹哨): departments are called to a case and take the steps of their parts, for the caller of the flow; one transaction with the entry in the audit log. Who may,
/// the database says (<c>cases.check_part</c>, <c>cases.check_part_step</c>), as it knows what stands below a department.
/// </summary>
/// <param name="zone">Whose local time the working hours are in.</param>
public sealed class CaseParts(CallerDatabase source, TimeZoneInfo zone)
{
    /// <summary>Of the working time of a part, as of that of a stage: how much is used up when it is warned of.</summary>
    const double WarnedAt = 0.8;
    const int MostMinutes = 100_000;

    /// <summary>The parts of a case in order, as far as the caller sees the case.</summary>
    public async Task<IReadOnlyList<CasePart>> Of(long fid, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        return await PartRows.Of(connection, fid, cancel);
    }

    /// <summary>Does the caller call departments to this case? Those who dispatch or supervise do, and its lead.</summary>
    public async Task<bool> MayCall(long fid, CancellationToken cancel = default)
    {
        if (Caller.Current.May(Permission.DispatchCases) || Caller.Current.May(Permission.SuperviseCases))
            return true;
        if (!Caller.Current.May(Permission.HandleCases))
            return false;
        await using var command = source.CreateCommand("select cases.is_of(department_code) from gis.cases where fid = $1");
        command.Parameters.Add(new() { Value = fid });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Calls a department to a case that is dispatched or handled.</summary>
    public async Task<PartOutcome> Call(long fid, PartCall call, CancellationToken cancel = default)
        => Missing(call) is { } refusal ? refusal : await Change("call", async work =>
        {
            var (now, time) = (await work.Now(cancel), TimeSpan.FromMinutes(call.WorkingMinutes));
            var number = await PartRows.Sent(work.Connection, call.Token, cancel)
                ?? await PartRows.Write(work.Connection, fid, call, now, work.Settings.Calendar.Add(now, time), work.Settings.Calendar.Add(now, time * WarnedAt), cancel);
            return await Find(work, fid, number, cancel);
        }, cancel);

    /// <param name="number">Of the part.</param>
    /// <param name="step">Id in <see cref="PartSteps.All"/>.</param>
    public async Task<PartOutcome> Step(long fid, int number, string step, string? note, CancellationToken cancel = default)
        => PartSteps.Find(step) is not { } taken ? CaseRefusals.UnknownMove
            : taken.NeedsNote && string.IsNullOrWhiteSpace(note) ? CaseRefusals.NeedsNote
            : note?.Length > 2000 ? CaseRefusals.NoteTooLong
            : await Change(taken.Id, async work =>
            {
                if (await Find(work, fid, number, cancel) is not { } part)
                    return null;
                await PartRows.Write(work.Connection, part, taken, note, await work.Now(cancel), cancel);
                // Out of the caller's sight, as where the department refused: what he saw before, with the step.
                return await Find(work, fid, number, cancel) ?? part with { State = taken.To };
            }, cancel);

    static async Task<CasePart?> Find(CaseTransaction work, long fid, int? number, CancellationToken cancel)
        => (await PartRows.Of(work.Connection, fid, cancel)).FirstOrDefault(one => one.Number == number);

    static CaseRefusal? Missing(PartCall call)
        => string.IsNullOrWhiteSpace(call.Asked) ? CaseRefusals.NeedsAsked
            : call.Asked.Length > 2000 ? CaseRefusals.NoteTooLong
            : call.WorkingMinutes is not (> 0 and <= MostMinutes) ? CaseRefusals.NeedsPartTime
            : null;

    // The change gives the part as it stands then; null where the caller sees none.
    async Task<PartOutcome> Change(string step, Func<CaseTransaction, Task<CasePart?>> change, CancellationToken cancel)
    {
        await using var work = await CaseTransaction.Begin(source, zone, cancel);
        try
        {
            if (await change(work) is not { } part)
                return CaseRefusals.NoSuchCase;
            var told = new { Part = part.Number, part.Department, State = CaseCodes.Of(part.State), part.Deadline };
            await AuditLog.Write(work.Connection, new(AuditKind.CasePartChanged, step, null, told) { LayerId = CaseTables.LayerId, Fid = part.Fid }, cancel);
            await work.Commit(cancel);
            return part;
        }
        catch (PostgresException fault) when (CaseRefusals.OfPart(fault) is not null)
        {
            return CaseRefusals.OfPart(fault)!;
        }
    }
}
