using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Time limits of stages by class and type of area, for administrators.</summary>
public sealed partial class CaseRulesPage(IStringLocalizer<CaseText> texts, IStringLocalizer<AccessText> accessTexts, CaseRules rules, CaseWords words) : IDisposable
{
    static readonly CaseStage[] s_stages = [CaseStage.Collect, CaseStage.File, CaseStage.Dispatch, CaseStage.Handle, CaseStage.Feedback];
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<(TimeLimit Limit, string? Source)> _limits = [];
    ElementReference _amountField;
    CaseStage _stage = CaseStage.Handle;
    TimeUnit _unit = TimeUnit.WorkingHour;
    string _prefix = "", _area = "";
    string? _fault;
    int _amount = 8;

    IStringLocalizer<CaseText> Text => texts;
    IStringLocalizer<AccessText> AccessText => accessTexts;

    public void Dispose() => _closing.Cancel();

    protected override Task OnInitializedAsync() => Read();

    async Task Read() => _limits = await rules.Limits(_closing.Token);

    // Set with the same stage, class and area it takes the place of the one that is edited.
    async Task Edit(TimeLimit limit)
    {
        (_stage, _prefix, _area, _amount, _unit, _fault) = (limit.Stage, limit.ClassPrefix, limit.AreaType ?? "", limit.Amount, limit.Unit, null);
        // The form stands above the table.
        await _amountField.FocusAsync();
    }

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
}
