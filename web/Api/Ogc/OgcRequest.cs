using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>What every address asks of its request before it answers: a format it has, a collection that is there, and no parameter it does not know.</summary>
static class OgcRequest
{
    /// <summary>The format, or why there is none.</summary>
    /// <param name="parameters">Parameters the address takes beside format and language.</param>
    public static (OgcFormat Format, OgcRefusal? Refusal) Check(HttpContext context, string jsonType, params IReadOnlyCollection<string> parameters)
    {
        var unknown = context.Request.Query.Keys.Where(name => !ItemsRequests.FormNames.Contains(name) && !parameters.Contains(name)).ToList();
        if (unknown.Count > 0)
            return (default, OgcRefusal.BadQuestion([.. unknown.Select(Unknown)]));
        return Format(context, jsonType);
    }

    /// <summary>The format alone, where the question is checked elsewhere.</summary>
    public static (OgcFormat Format, OgcRefusal? Refusal) Format(HttpContext context, string jsonType) => OgcFormats.Of(context.Request, jsonType) switch
    {
        { } format => (format, null),
        _ when context.Request.Query.ContainsKey(OgcFormats.Parameter) => (default, OgcRefusal.BadQuestion([new(
            $"f=“{context.Request.Query[OgcFormats.Parameter]}”应为 json 或 html。", $"'f={context.Request.Query[OgcFormats.Parameter]}' is neither json nor html.")])),
        _ => (default, OgcRefusal.NotAcceptable($"{jsonType}, {OgcLink.Html}")),
    };

    static LocalText Unknown(string name) => new($"不认识参数“{name}”；/ogc/api 说明可用的参数。", $"The parameter '{name}' is not known here; /ogc/api describes those that are.");
}
