using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>What each role may do (<see cref="Role.All"/>), and how many people have it.</summary>
public sealed partial class RolesPage(IStringLocalizer<AccessText> texts, PersonDirectory directory) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyDictionary<string, int>? _counts;

    IStringLocalizer<AccessText> Text => texts;

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync() => _counts = await directory.CountByRole(_closing.Token);

    string CountOf(Role role) => _counts is null ? "…" : _counts.GetValueOrDefault(role.Id).ToString("#,0", CultureInfo.CurrentCulture);
}
