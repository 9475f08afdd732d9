using CityOps.Gis.Web.Assets;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The document around the pages.</summary>
public sealed partial class App(IStringLocalizer<UiText> texts, AssetSet assets)
{
    static readonly Dictionary<string, string> MapPages = new() { ["/"] = "map", ["/analysis"] = "analysis", ["/grids"] = "grids" };

    // A page drawn twice, on the server and again in the circuit, would ask the database twice and show a map that is not there yet.
    readonly InteractiveServerRenderMode _interactive = new(prerender: false);

    [CascadingParameter]
    HttpContext? Context { get; set; }

    // Cookies can be set only in the answer to a request, so pages of signing in are drawn by the server alone.
    InteractiveServerRenderMode? Mode => Context?.AcceptsInteractiveRouting() == false ? null : _interactive;

    // A page with a map, which takes a moment: meanwhile its frame is there.
    string? Page => MapPages.GetValueOrDefault(Context?.Request.Path.Value ?? "");
    bool HasMap => Page is not null;

    IStringLocalizer<UiText> Text => texts;
}
