using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>A case: its stage, how much time is left, the moves that the caller may make now, and what happened to it so far.</summary>
public sealed partial class CaseView(IStringLocalizer<CaseText> texts, CaseHistory history, CaseDesk desk, CaseDepartments known, CaseWords words, TimeProvider clock) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<(string Code, string Name)> _departments = [];
    IReadOnlyList<MadeMove> _moves = [];
    IReadOnlyList<CaseMove> _open = [];
    CaseState? _state;
    CaseMove? _move;
    CaseRefusal? _refusal;
    DateTimeOffset _now;
    string? _done;
    long _shown;
    bool _isRead, _isBusy;

    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    /// <summary>The case has moved.</summary>
    [Parameter]
    public EventCallback OnMoved { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _state, _isRead, _done) = (Fid, null, false, null);
        Choose(null);
        await Read();
    }

    async Task Read()
    {
        var fid = Fid;
        try
        {
            if (_departments.Count == 0)
                _departments = await known.All(_closing.Token);
            var (state, moves) = (await history.Find(fid, _closing.Token), await history.Of(fid, _closing.Token));
            if (fid != Fid)
                return;
            (_state, _moves, _isRead, _now) = (state, moves, true, clock.GetUtcNow());
            // What the stage waits for first.
            _open = state is null ? [] : [.. CaseMoves.Open(state.Stage, state.Request, Caller.Current).OrderByDescending(move => move.IsDuty)];
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            _isRead = true;
        }
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
            var outcome = await desk.Move(Fid, order, _closing.Token);
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
