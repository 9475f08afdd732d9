using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Takes in the body of a sign-in before it asks for one of the few places where passwords are tried: who sends it a byte at a time, and need not be known for that, holds up
/// nobody. Kestrel cuts such a sender off in the end (<see cref="ConnectionLimits.LeastBytesPerSecond"/>), and bodies are small (<see cref="ClassLimits.MostBytes"/>).
/// </summary>
sealed class BodyFirst(RequestDelegate next, SafetyOptions options)
{
    public Task InvokeAsync(HttpContext context) => RequestClasses.Of(context.Request) is (RequestClass.SignIn or RequestClass.Weighing) and var kind ? Take(context, kind) : next(context);

    async Task Take(HttpContext context, RequestClass kind)
    {
        var most = (int)options.Limits[kind].MostBytes;
        context.Request.EnableBuffering(most, most);
        await context.Request.Body.DrainAsync(context.RequestAborted);
        context.Request.Body.Position = 0;
        await next(context);
    }
}
