using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>A case: its stage, how much time is left, the moves that the caller may make now, and what happened to it so far.</summary>
public sealed partial class CaseView(IStringLocalizer<CaseText> texts, CaseHistory history, CaseDesk desk, CaseParts parts, CaseDepartments known, CaseWords words)
{
    IReadOnlyList<(string Code, string Name)> _departments = [];
    IReadOnlyList<MadeMove> _moves = [];
    IReadOnlyList<CaseMove> _open = [];
    IReadOnlyList<CasePart> _parts = [];
    CaseState? _state;
    CaseMove? _move;
    CaseRefusal? _refusal;
    DateTimeOffset _now;
    string? _done;
    long _shown;
    bool _isRead, _isBusy, _mayCall;

    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    /// <summary>The case has moved.</summary>
    [Parameter]
    public EventCallback OnMoved { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    // As long as a colleague's move may take to be seen.
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _state, _isRead, _done) = (Fid, null, false, null);
        Choose(null);
        await Read();
    }

    // Not while a move is filled in: whoever sends it hears what has happened since he began.
    protected override async Task Look()
    {
        if (_move is null && await history.Find(Fid, Closing) is { } state && (state.Moves != _state?.Moves || StepsOf(await parts.Of(Fid, Closing)) != StepsOf(_parts)))
            await Read();
        _now = Clock.GetUtcNow();
        StateHasChanged();
    }

    async Task Read()
    {
        var fid = Fid;
        try
        {
            if (_departments.Count == 0)
                _departments = await known.All(Closing);
            var (state, moves) = (await history.Find(fid, Closing), await history.Of(fid, Closing));
            var (called, mayCall) = (await parts.Of(fid, Closing), await parts.MayCall(fid, Closing));
            if (fid != Fid)
                return;
            (_state, _moves, _parts, _mayCall, _isRead, _now) = (state, moves, called, mayCall, true, Clock.GetUtcNow());
            _open = state is null ? [] : [.. CaseMoves.Open(state.Stage, state.Request, Caller.Current).Where(IsOpenNow).OrderByDescending(move => move.IsDuty)];
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            _isRead = true;
        }
    }

    // What the stage waits for first. Who handled the case does not verify it, and nobody says that it is done while departments are at their parts. Who is only called to it makes none of the lead's moves.
    bool IsOpenNow(CaseMove move)
        => !(move.Verifies && HasHandled) && !(PartSteps.Waits(move) && _parts.Any(part => part.State.IsOpen())) && (move.Who != Permission.HandleCases || _mayCall);

    bool HasHandled => Caller.Current.Id is { } me
        && (_moves.Any(move => move.WhoId == me && CaseMoves.IsOfHandlers(move.Move)) || _parts.SelectMany(part => part.Steps).Any(step => step.WhoId == me && PartSteps.Find(step.Step)?.IsOfCalled == true));

    static int StepsOf(IReadOnlyList<CasePart> parts) => parts.Count + parts.Sum(part => part.Steps.Count);

    async Task PartChanged()
    {
        await Read();
        await OnMoved.InvokeAsync();
    }

    void Choose(CaseMove? move) => (_move, _refusal) = (move, null);

    async Task LookAgain()
    {
        Choose(null);
        await Read();
    }

    async Task Send(CaseOrder order)
    {
        (_isBusy, _refusal, _done) = (true, null, null);
        try
        {
            var outcome = await desk.Move(Fid, order, Closing);
            _refusal = outcome.Refusal;
            if (!outcome.IsDone)
                return;
            _done = Text["Moved", words.OfMove(order.Move)];
            Choose(null);
            await Read();
            await OnMoved.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
