using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>The audit log: who did what, when and from where, found by person, kind, day, layer and feature; a page at a time, or as CSV.</summary>
public sealed partial class AuditPage(
    IStringLocalizer<AccessText> texts, IStringLocalizer<UiText> pageTexts, AuditSearch search, LayerCatalog catalog, NavigationManager navigation, FieldText values, GisWebOptions options) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    AuditAddress _address = new(), _asked = new();
    IReadOnlyList<AuditEntry>? _entries;
    string? _fault;

    IStringLocalizer<AccessText> Text => texts;
    string OtherLanguage => navigation.GetUriWithQueryParameter(UiLanguage.QueryKey, UiLanguage.Current == "zh" ? "en" : "zh");

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        // Not disposed: an answer that is still on its way looks at the token.
        _closing.Cancel();
    }

    protected override Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        return Read();
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == "/audit")
            _ = InvokeAsync(Read);
    }

    void Search() => navigation.NavigateTo((_asked with { Before = null }).ToString());

    async Task Read()
    {
        _address = _asked = AuditAddress.Parse(new Uri(navigation.Uri).Query);
        try
        {
            (_entries, _fault) = (await search.Page(_address.Question(TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone)), _address.Before, _closing.Token), null);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
        }
        StateHasChanged();
    }

    static string Typed(ChangeEventArgs change) => change.Value as string ?? "";

    // A newer version may have written kinds that this one has no word for.
    string KindOf(AuditEntry entry) => AuditKinds.Find(entry.Kind) is null ? entry.Kind : Text["kind." + entry.Kind];

    string TitleOf(string layerId) => catalog.Find(layerId)?.Title.In(UiLanguage.Current) ?? layerId;
}
