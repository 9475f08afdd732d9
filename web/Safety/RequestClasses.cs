namespace CityOps.Gis.Web.Safety;

/// <summary>Tells by address and method what a request asks for. Runs before every tile: spans, no strings.</summary>
static class RequestClasses
{
    /// <summary>Below which people sign in.</summary>
    const string SignIn = "sign-in";

    public static RequestClass Of(HttpRequest request)
    {
        var path = (request.Path.Value ?? "").AsSpan().TrimStart('/');
        var end = path.IndexOf('/');
        var first = end < 0 ? path : path[..end];
        var rest = end < 0 ? default : path[(end + 1)..];
        return first switch
        {
            "tiles" => rest.StartsWith("events") ? RequestClass.Events : RequestClass.Tile,
            "basemaps" => RequestClass.Tile,
            "ogc" => rest.Contains("/tiles/WebMercatorQuad/", StringComparison.Ordinal) ? RequestClass.Tile : RequestClass.Question,
            "heat" => RequestClass.Analysis,
            "export" => RequestClass.Export,
            "api" => rest.StartsWith("imports/uploads") || rest.StartsWith("cases") && !Reads(request.Method) ? RequestClass.Upload : RequestClass.Question,
            "search" => RequestClass.Question,
            "audit" => path.Contains('.') ? RequestClass.Export : RequestClass.Page,
            "health" => RequestClass.Health,
            "_blazor" => RequestClass.Circuit,
            SignIn when !Reads(request.Method) => RequestClass.SignIn,
            _ => path.Contains('.') ? RequestClass.File : RequestClass.Page,
        };
    }

    /// <summary>Methods that change nothing (RFC 9110, 9.2.1).</summary>
    public static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Does the request ask for a WebSocket, over HTTP/1.1 (RFC 6455, 4.1) or HTTP/2 (RFC 8441, 4)?</summary>
    public static bool IsUpgrade(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
}
