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
    static readonly string?[] MapPages = ["/", "/analysis", "/grids"];

    // A page drawn twice, on the server and again in the circuit, would ask the database twice and show a map that is not there yet.
    readonly InteractiveServerRenderMode _interactive = new(prerender: false);

    [CascadingParameter]
    HttpContext? Context { get; set; }

    // Cookies can be set only in the answer to a request, so pages of signing in are drawn by the server alone.
    InteractiveServerRenderMode? Mode => Context?.AcceptsInteractiveRouting() == false ? null : _interactive;

    bool HasMap => MapPages.Contains(Context?.Request.Path.Value);

    IStringLocalizer<UiText> Text => texts;
}
