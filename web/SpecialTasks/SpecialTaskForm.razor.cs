using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.SpecialTasks;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.SpecialTasks;

/// <summary>Makes a special task: title, time, an area of the spine or one that is drawn, and the checklist.</summary>
public sealed partial class SpecialTaskForm(IStringLocalizer<SpecialText> texts, SpecialDesk desk, LayerCatalog catalog, GisWebOptions options, TimeProvider clock) : IDisposable
{
    const string Edition = "gbt47678.5-2026";
    const int UsualHours = 8;
    readonly CancellationTokenSource _closing = new();
    readonly Guid _token = Guid.NewGuid();
    readonly List<Line> _items = [new()];
    IReadOnlyList<IGrouping<string, CodeEntry>> _classes = [];
    CaseRefusal? _refusal;
    string? _title, _brief, _area;
    DateTime _begins, _ends;
    bool _isBusy;

    /// <summary>An item as it is being written.</summary>
    sealed class Line
    {
        public string? Asked { get; set; }
        public string? ClassCode { get; set; } = "";
        public bool NeedsPhoto { get; set; }
    }

    /// <summary>The polygon that was drawn; null for none.</summary>
    [Parameter]
    public DrawnShape? Shape { get; set; }

    [Parameter]
    public bool IsDrawing { get; set; }

    /// <summary>Drawing shall begin, or what was drawn be dropped.</summary>
    [Parameter]
    public EventCallback<bool> OnDraw { get; set; }

    [Parameter]
    public EventCallback<long> OnMade { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    IStringLocalizer<SpecialText> Text => texts;
    TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public void Dispose() => _closing.Cancel();

    protected override void OnInitialized()
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime;
        _begins = new(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0);
        _ends = _begins.AddHours(UsualHours);
        _classes = [.. (catalog.Lists.Find("event-classes")?.Entries ?? []).Where(entry => entry.Table == Edition).GroupBy(entry => $"{entry.Major} {entry.MajorName?.In(UiLanguage.Current)}")];
    }

    // What was typed stays where it is refused; sent again it comes once.
    async Task Send()
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            var items = _items.Where(item => !string.IsNullOrWhiteSpace(item.Asked)).Select((item, at) => new SpecialItem(at + 1, item.Asked!, string.IsNullOrEmpty(item.ClassCode) ? null : item.ClassCode, item.NeedsPhoto));
            var outcome = await desk.Make(new(_title ?? "", Moment(_begins), Moment(_ends), [.. items]) { Brief = _brief, Area = Shape is null ? _area : null, Polygon = AreaChoice.PolygonOf(Shape), Token = _token }, _closing.Token);
            _refusal = outcome.Refusal;
            if (outcome.Task is { } made)
                await OnMade.InvokeAsync(made);
        }
        finally
        {
            _isBusy = false;
        }
    }

    // The city's local time.
    DateTimeOffset Moment(DateTime time) => new(time, Zone.GetUtcOffset(time));
}
