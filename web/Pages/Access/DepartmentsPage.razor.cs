using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>The departments of today as they stand under one another, and how many people have each in their scope.</summary>
public sealed partial class DepartmentsPage(IStringLocalizer<AccessText> texts, SpineTree spine, PersonDirectory directory) : IDisposable
{
    const int DeepestShown = 3;
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SpineNode>? _departments;
    IReadOnlyDictionary<string, int> _counts = new Dictionary<string, int>();

    IStringLocalizer<AccessText> Text => texts;

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _counts = await directory.CountByDepartment(_closing.Token);
        _departments = await spine.Departments(_closing.Token);
    }

    string CountOf(SpineNode department) => _counts.GetValueOrDefault(department.Code).ToString("#,0", CultureInfo.CurrentCulture);
}
