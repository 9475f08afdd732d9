using CityOps.Gis.Access;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Access.SingleSignOn;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>Where people sign in, one step after the other. Drawn by the server alone, as a cookie can only be given with the answer to a request; it works without scripts.</summary>
public sealed partial class SignIn(IStringLocalizer<AccessText> texts, IStringLocalizer<UiText> uiTexts, NavigationManager navigation, IServiceProvider services)
{
    SignInStep _step;
    string? _ticket, _fault;

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>The single sign-on led back here without letting somebody in.</summary>
    [SupplyParameterFromQuery]
    public string? Failed { get; set; }

    [SupplyParameterFromForm]
    public string? Step { get; set; }

    [SupplyParameterFromForm]
    public string? Ticket { get; set; }

    [SupplyParameterFromForm]
    public string? Name { get; set; }

    [SupplyParameterFromForm]
    public string? Password { get; set; }

    [SupplyParameterFromForm]
    public string? Code { get; set; }

    [SupplyParameterFromForm]
    public string? NewPassword { get; set; }

    [SupplyParameterFromForm]
    public string? Repeated { get; set; }

    IStringLocalizer<AccessText> Text => texts;
    IStringLocalizer<UiText> UiTexts => uiTexts;
    SingleSignOnOptions? Provider => services.GetRequiredService<AccessOptions>().SingleSignOn;
    string? SingleSignOn => Provider is null ? null : SingleSignOnServices.Path + (To is null ? "" : QueryString.Create("to", To));
    string SingleTitle => Provider?.Title ?? Text["SingleSignOn"];
    static int PasswordLength => PasswordRules.Least;
    static string Other => UiLanguage.Current == "zh" ? "en" : "zh";
    string OtherLanguage => navigation.GetUriWithQueryParameter(UiLanguage.QueryKey, Other);

    protected override void OnInitialized()
    {
        // What somebody signs in with stays in no cache.
        if (Context is { Response.HasStarted: false })
            Context.Response.Headers.CacheControl = "no-store";
        if (Context is { User.Identity.IsAuthenticated: true } && HttpMethods.IsGet(Context.Request.Method))
            navigation.NavigateTo(To is null ? SignInAddress.Home(Caller.Current) : SignInAddress.After(To));
        _fault = Failed is null ? null : Text["fault.SingleSignOn"].Value;
    }

    async Task Submit()
    {
        var (signIns, visit) = (services.GetRequiredService<SignIns>(), Visit.Of(Context!));
        var asked = Enum.TryParse<SignInStep>(Step, out var step) ? step : SignInStep.Password;
        if (asked == SignInStep.NewPassword && NewPassword != Repeated)
        {
            (_step, _ticket, _fault) = (asked, Ticket, Text["fault.NotRepeated"].Value);
            return;
        }
        await Take(asked switch
        {
            SignInStep.Code => await signIns.WithCode(Ticket, Code ?? "", visit),
            SignInStep.NewPassword => await signIns.WithNewPassword(Ticket, NewPassword ?? "", visit),
            _ => await signIns.WithPassword(Name?.Trim() ?? "", Password ?? "", visit),
        });
    }

    async Task Take(SignInAnswer answer)
    {
        (_step, _ticket) = (answer.Next, answer.Ticket);
        _fault = answer.Fault is { } fault ? Text["fault." + fault, (int)services.GetRequiredService<AccessOptions>().LockedFor.TotalMinutes, PasswordLength].Value : null;
        if (answer.Session is not { } session)
            return;
        await SessionCookie.Give(Context!, session);
        var caller = await services.GetRequiredService<SessionCallers>().Find(session, isUsed: false);
        navigation.NavigateTo(To is null ? SignInAddress.Home(caller) : SignInAddress.After(To));
    }
}
