using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Safety;

/// <summary>What every problem bears (RFC 9457): the number of its request, by which the log tells more, and a sentence where the fault is ours.</summary>
static class ProblemText
{
    static readonly LocalText Fault = new("服务器出错，已记录。请稍后再试；报告问题时请附上 requestId。", "The server failed, and has noted it. Try again later; when you report it, name the requestId.");

    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["requestId"] = context.HttpContext.TraceIdentifier;
        problem.Extensions.Remove("traceId");
        if (problem.Detail is null && problem.Status >= StatusCodes.Status500InternalServerError)
            problem.Detail = Fault.In(UiLanguage.Current);
    }
}
