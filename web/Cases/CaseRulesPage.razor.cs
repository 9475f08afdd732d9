using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Time limits and holidays, for administrators. The year of the holidays stands in the address.</summary>
public sealed partial class CaseRulesPage(IStringLocalizer<CaseText> texts, IStringLocalizer<AccessText> accessTexts, CaseRules rules, CaseWords words, TimeProvider clock) : IDisposable
{
    static readonly CaseStage[] s_stages = [CaseStage.Collect, CaseStage.File, CaseStage.Dispatch, CaseStage.Handle, CaseStage.Feedback];
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<(TimeLimit Limit, string? Source)> _limits = [];
    IReadOnlyList<Holiday> _holidays = [];
    CaseStage _stage = CaseStage.Handle;
    TimeUnit _unit = TimeUnit.WorkingHour;
    DateOnly _day;
    string _prefix = "", _area = "", _name = "";
    string? _fault;
    bool _isWorking;
    int _amount = 8, _year;

    [SupplyParameterFromQuery(Name = "year")]
    public int? Year { get; set; }

    IStringLocalizer<CaseText> Text => texts;
    IStringLocalizer<AccessText> AccessText => accessTexts;

    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        _year = Year is > 1900 and < 2200 ? Year.Value : today.Year;
        if (_day == default)
            _day = today;
        await Read();
    }

    async Task Read() => (_limits, _holidays) = (await rules.Limits(_closing.Token), await rules.Holidays(_year, _closing.Token));

    async Task AddLimit()
    {
        var (prefix, area) = (_prefix.Trim(), _area.Trim());
        _fault = !prefix.All(char.IsAsciiDigit) ? Text["BadPrefix"].Value : _amount is < 1 or > 10_000 ? Text["BadAmount"].Value : null;
        if (_fault is not null)
            return;
        await rules.Set(new TimeLimit(prefix, area.Length == 0 ? null : area, _stage, _amount, _unit), _closing.Token);
        await Read();
    }

    async Task Drop(TimeLimit limit)
    {
        await rules.Drop(limit, _closing.Token);
        await Read();
    }

    async Task AddHoliday()
    {
        if (_name.Trim().Length == 0)
            return;
        await rules.Set(new Holiday(_day, _isWorking, _name.Trim()), _closing.Token);
        _year = _day.Year;
        await Read();
    }

    async Task Drop(Holiday holiday)
    {
        await rules.Drop(holiday, _closing.Token);
        await Read();
    }
}
