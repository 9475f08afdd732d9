using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace CityOps.Gis.Web.Outage;

/// <summary>What a request gets when the database is away or a disk is full: a sentence and when to come again, instead of an error that nobody can act on.</summary>
sealed class OutageAnswers(DatabaseOutage outage) : IExceptionHandler
{
    static readonly LocalText
        Away = new("数据库暂时没有应答，请稍后再试。", "The database does not answer just now; try again in a moment."),
        Full = new("服务器磁盘已满，未写入任何数据，请联系管理员。", "The server's disk is full and nothing was written; tell its administrator.");

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (DiskFull.Is(exception))
            await Answer(httpContext, StatusCodes.Status507InsufficientStorage, "disk-full", Full, cancellationToken);
        else if (exception is NpgsqlException fault && fault.IsAway())
        {
            outage.Suspect();
            httpContext.Response.Headers.RetryAfter = "5";
            await Answer(httpContext, StatusCodes.Status503ServiceUnavailable, "no-database", Away, cancellationToken);
        }
        else
            return false;
        return true;
    }

    // Once the fault has come up to here, the thread no longer speaks the language of the request.
    static string LanguageOf(HttpContext context)
        => context.Features.Get<IRequestCultureFeature>() is { } asked ? asked.RequestCulture.UICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh" : UiLanguage.Current;

    static Task Answer(HttpContext context, int status, string type, LocalText sentence, CancellationToken cancel)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence.In(LanguageOf(context)), Extensions = { ["requestId"] = context.TraceIdentifier } };
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", cancel);
    }
}
