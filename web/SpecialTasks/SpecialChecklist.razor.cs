using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.SpecialTasks;
using CityOps.Gis.SpecialTasks;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.SpecialTasks;

/// <summary>The checklist of a grid: each item is ticked off with a note and photos; what is not in order may file a case in the middle of the grid.</summary>
public sealed partial class SpecialChecklist(IStringLocalizer<SpecialText> texts, SpecialTaskList tasks, SpecialDesk desk, CaseIntake intake, CaseWords words) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<NewPhoto> _photos = [];
    CaseRefusal? _refusal;
    TickState _state;
    Guid _token;
    string? _note;
    int? _item;
    bool _files, _isBusy;

    [Parameter, EditorRequired]
    public required SpecialTask Task { get; set; }

    /// <summary>Code of the unit grid.</summary>
    [Parameter, EditorRequired]
    public required string Grid { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ItemState> Items { get; set; }

    /// <summary>The moment it is looked at.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    [Parameter]
    public EventCallback OnTicked { get; set; }

    IStringLocalizer<SpecialText> Text => texts;
    bool MayTick => Caller.Current.May(Permission.InspectCases) && Task.IsRunning(Now);

    public void Dispose() => _closing.Cancel();

    void Choose(ItemState one, TickState state) => (_item, _state, _note, _photos, _refusal, _files, _token) = (one.Item.Number, state, null, [], null, one.Item.ClassCode is not null, Guid.NewGuid());

    void Close() => (_item, _refusal) = (null, null);

    // The case first, under the same token: where the tick is sent again it is the same case.
    async Task Send(ItemState one)
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            var filed = _files && _state == TickState.NotInOrder && one.Item.ClassCode is { } kind && Caller.Current.May(Permission.ReportCases) ? await Report(one, kind) : null;
            _refusal = filed?.Refusal ?? (await desk.Tick(new(Task.Id, Grid, one.Item.Number, one.Ticks, _state) { Note = _note, Photos = _photos, CaseFid = filed?.State?.Fid, Token = _token }, _closing.Token)).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is not null)
            return;
        Close();
        await OnTicked.InvokeAsync();
    }

    async Task<CaseOutcome?> Report(ItemState one, string kind)
        => await tasks.Middle(Task.Id, Grid, _closing.Token) is not { } place ? null
            : await intake.Report(new(kind, _note ?? "") { Place = place, Title = $"{Task.Title}：{one.Item.Asked}", Photos = _photos, Token = _token }, _closing.Token);
}
