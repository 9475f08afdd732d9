using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary><c>POST /password-strength</c> weighs the password that somebody at the step of choosing one is typing, by the rule that will take or refuse it (OWASP ASVS 2.1.8). The form bears the page's token.</summary>
static class PasswordEndpoints
{
    public static void MapPasswordStrength(this IEndpointRouteBuilder routes) => routes.MapPost("/password-strength", Weigh).AllowAnonymous();

    static async Task<IResult> Weigh([FromForm(Name = "Ticket")] string? ticket, [FromForm(Name = "NewPassword")] string? password, HttpContext context, SignIns signIns, IStringLocalizer<AccessText> texts)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await signIns.Weigh(ticket, password ?? "") is { } weighed
            ? Results.Ok(new { level = StrengthWords.LevelOf(weighed.Strength, weighed.Fault), isTaken = weighed.Fault is null, words = StrengthWords.Of(texts, weighed.Strength, weighed.Fault) })
            : Results.StatusCode(StatusCodes.Status401Unauthorized);
    }
}
