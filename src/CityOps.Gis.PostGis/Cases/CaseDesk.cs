using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Where cases are moved, for the caller of the flow and within his scope: one transaction with the move, its photos, the changed feature and the entry in the audit log. What is
/// refused here with a sentence the database refuses too (<c>cases.check_move</c>). Who moves a case that is being moved waits, and is then told.
/// </summary>
/// <param name="zone">Whose local time the working hours are in.</param>
public sealed class CaseDesk(CallerDatabase source, LayerCatalog catalog, TimeZoneInfo zone)
{
    /// <summary>Why the move would be refused as things stand: asked before its photos are made, which takes long. Null where nothing speaks against it.</summary>
    /// <param name="photos">How many come with it.</param>
    public async Task<CaseRefusal?> Refusal(long fid, CaseOrder order, int photos, CancellationToken cancel = default)
    {
        if (CaseMoves.Find(order.Move) is not { From.Count: > 0 } move)
            return CaseRefusals.UnknownMove;
        await using var connection = await source.Open(cancel);
        return await CaseRows.Find(connection, fid, isLocked: false, cancel) is not { } found ? CaseRefusals.NoSuchCase
            : await CaseRows.Sent(connection, order.Token, cancel) is not null ? null
            : Refused(move, order, photos, found.State, await CaseRows.Moves(connection, fid, cancel));
    }

    public async Task<CaseOutcome> Move(long fid, CaseOrder order, CancellationToken cancel = default)
    {
        if (CaseMoves.Find(order.Move) is not { From.Count: > 0 } move)
            return CaseRefusals.UnknownMove;
        await using var work = await CaseTransaction.Begin(source, zone, cancel);
        if (await CaseRows.Find(work.Connection, fid, isLocked: true, cancel) is not { } found)
            return CaseRefusals.NoSuchCase;
        if (await CaseRows.Sent(work.Connection, order.Token, cancel) is { } sent)
            return sent == fid ? found.State : CaseRefusals.NotPossible(StageName(found.State.Stage), found.State.Request);
        var moves = await CaseRows.Moves(work.Connection, fid, cancel);
        if (Refused(move, order, order.Photos.Count, found.State, moves) is { } refusal)
            return refusal;
        try
        {
            if (moves.Count == 0)
                await CaseRows.Write(work.Connection, fid, found.TakeOver, new(CaseMoves.TakeOver, 0), cancel);
            var steps = moves.DefaultIfEmpty(found.TakeOver).ToList();
            await CaseRows.Write(work.Connection, fid, await Made(work, move, order, found.State, found.Dispatched, steps, cancel), order, cancel);
            var after = (await CaseRows.Find(work.Connection, fid, isLocked: false, cancel))?.State;
            await AuditLog.Write(work.Connection, new(AuditKind.CaseMoved, move.Id, Told(found.State), Told(after)) { LayerId = CaseTables.LayerId, Fid = fid }, cancel);
            await work.Commit(cancel);
            // Out of the caller's sight, as where it went to another department: what he saw before, moved.
            return after ?? found.State with { Stage = move.Leads(found.State.Stage), Request = null, Moves = steps.Count + 1 };
        }
        catch (PostgresException fault) when (CaseRefusals.Of(fault, move.Needs) is not null)
        {
            return CaseRefusals.Of(fault, move.Needs)!;
        }
    }

    CaseRefusal? Refused(CaseMove move, CaseOrder order, int photos, CaseState state, List<MadeMove> moves)
        => !Caller.Current.May(move.Who) ? CaseRefusals.NotAllowed
            : order.After != state.Moves ? CaseRefusals.SomebodyWasFaster(moves.LastOrDefault(), StageName(state.Stage))
            : !move.IsPossible(state.Stage, state.Request) ? CaseRefusals.NotPossible(StageName(state.Stage), state.Request)
            : HandledBy(Caller.Current, move, moves) ? CaseRefusals.FourEyes
            : CaseRefusals.Missing(move.Needs, order, photos);

    static bool HandledBy(Caller caller, CaseMove move, List<MadeMove> moves)
        => move.Verifies && caller.Id is { } id && moves.Any(made => made.WhoId == id && CaseMoves.IsOfHandlers(made.Move));

    static async Task<MadeMove> Made(CaseTransaction work, CaseMove move, CaseOrder order, CaseState state, DateTimeOffset? dispatched, List<MadeMove> before, CancellationToken cancel)
    {
        var made = new MadeMove(
            before.Count + 1, await work.Now(cancel), move.Id, state.Stage, move.Leads(state.Stage), Caller.Current.Id, Caller.Current.Name, string.IsNullOrWhiteSpace(order.Note) ? null : order.Note.Trim(),
            move.Needs.HasFlag(CaseNeeds.Department) ? order.Department : null, move.Needs.HasFlag(CaseNeeds.Delay) ? order.DelayMinutes : null, null, default, []);
        var origin = before[0].Move == CaseMoves.TakeOver ? new CaseOrigin(dispatched, before[0].Deadlines.Handling) : default;
        return made with { Deadlines = work.Settings.Clock.Of([.. before.Select(one => one.Step), made.Step], state.ClassCode, state.AreaType, origin) };
    }

    LocalText StageName(CaseStage stage) => catalog.Lists.Find("case-stages")?.Find("", "", CaseCodes.Of(stage))?.Name ?? new(CaseCodes.Of(stage), CaseCodes.Of(stage));

    static object? Told(CaseState? state) => state is null ? null : new { state.Number, Stage = CaseCodes.Of(state.Stage), state.Department, Deadline = state.Deadlines.Handling };
}
