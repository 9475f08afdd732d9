using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>In the place of a page that the caller may not open: a sentence, or the way to the sign-in for someone whose session has ended meanwhile.</summary>
public sealed partial class NotForYou(IStringLocalizer<AccessText> texts, NavigationManager navigation)
{
    bool _isKnown;

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    protected override async Task OnInitializedAsync()
    {
        _isKnown = Authentication is not null && (await Authentication).User.Identity?.IsAuthenticated == true;
        // The server decides anew what this browser may see, and knows the way back.
        if (!_isKnown)
            navigation.NavigateTo(navigation.Uri, forceLoad: true);
    }
}
