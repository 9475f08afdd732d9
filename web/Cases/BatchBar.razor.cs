using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>
/// Lets the cases that are ticked make the same move, each on its own and each checked as if it were alone: those that were refused are named. Moves that need a photo are made
/// one by one.
/// </summary>
public sealed partial class BatchBar(IStringLocalizer<CaseText> texts, CaseDesk desk, DispatchAdvice advice, CaseWords words) : IDisposable
{
    const int MinutesPerHour = 60;
    readonly CancellationTokenSource _closing = new();
    CancellationTokenSource? _stopping;
    IReadOnlyList<AdvisedDepartment> _advice = [];
    CaseMove? _move;
    string? _note, _department;
    double? _hours;
    int _tried, _all;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required IReadOnlyList<BoardCase> Cases { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Code, string Name)> Departments { get; set; }

    /// <summary>Of the last move of several.</summary>
    [Parameter]
    public BatchOutcome? Outcome { get; set; }

    [Parameter]
    public EventCallback<BatchOutcome> OnDone { get; set; }

    [Parameter]
    public EventCallback OnCleared { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    // What a stage waits for first.
    IEnumerable<CaseMove> Moves => CaseMoves.All.Where(move => !move.Needs.HasFlag(CaseNeeds.Photo) && Caller.Current.May(move.Who) && Possible(move).Any()).OrderByDescending(move => move.IsDuty);

    IEnumerable<BoardCase> Possible(CaseMove move) => Cases.Where(one => move.IsPossible(one.Task.Stage, one.Task.Request));

    public void Dispose() => _closing.Cancel();

    async Task Choose(CaseMove? move)
    {
        (_move, _note, _department, _hours, _advice) = (move, null, "", null, []);
        if (move?.Needs.HasFlag(CaseNeeds.Department) == true && Possible(move).ToList() is [var only])
        {
            _advice = await advice.Of(only.Fid, _closing.Token);
            _department = only.LikelyDepartment is null && _advice is [var first, ..] ? first.Code : "";
        }
    }

    string Why(AdvisedDepartment one)
        => one.Meters is { } meters ? Text["NearHandled", meters.ToString("#,0", CultureInfo.CurrentCulture), one.Handled] : Text["ByRule"];

    async Task Send()
    {
        if (_move is not { } move)
            return;
        var (cases, moved, refused) = (Possible(move).ToList(), new List<long>(), new List<(BoardCase, CaseRefusal)>());
        using var stopping = _stopping = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        (_isBusy, _tried, _all) = (true, 0, cases.Count);
        try
        {
            foreach (var one in cases.TakeWhile(_ => !stopping.IsCancellationRequested))
            {
                // Not broken off in the middle: what was begun is heard of.
                var outcome = await desk.Move(one.Fid, OrderOf(move, one), _closing.Token);
                if (outcome.Refusal is { } refusal)
                    refused.Add((one, refusal));
                else
                    moved.Add(one.Fid);
                _tried++;
                StateHasChanged();
            }
        }
        finally
        {
            (_isBusy, _stopping) = (false, null);
        }
        await Choose(null);
        await OnDone.InvokeAsync(new(move, moved, refused, cases.Count - moved.Count - refused.Count));
    }

    CaseOrder OrderOf(CaseMove move, BoardCase one) => new(move.Id, one.Moves)
    {
        Note = _note,
        Department = !move.Needs.HasFlag(CaseNeeds.Department) ? null : string.IsNullOrEmpty(_department) ? one.LikelyDepartment : _department,
        DelayMinutes = move.Needs.HasFlag(CaseNeeds.Delay) && _hours is { } hours ? (int)Math.Round(hours * MinutesPerHour) : null,
    };
}
