namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Tells by address and method what a request asks for, without regard to case, as routes are found: otherwise <c>/SIGN-IN</c> would be the
/// same page without its guards. Runs before every tile: spans, no strings.
/// </summary>
public static class RequestClasses
{
    // What the program's own files end with.
    static readonly string[] s_endings = [".js", ".css", ".svg", ".png", ".ico", ".woff2", ".map", ".gif", ".webmanifest"];

    public static RequestClass Of(HttpRequest request)
    {
        var path = (request.Path.Value ?? "").AsSpan().TrimStart('/');
        var end = path.IndexOf('/');
        var first = end < 0 ? path : path[..end];
        var rest = end < 0 ? default : path[(end + 1)..];
        return first switch
        {
            _ when Is(first, "tiles") => Begins(rest, "events") ? RequestClass.Events : RequestClass.Tile,
            _ when Is(first, "basemaps") => RequestClass.Tile,
            _ when Is(first, "ogc") => rest.Contains("/tiles/WebMercatorQuad/", StringComparison.OrdinalIgnoreCase) ? RequestClass.Tile : RequestClass.Question,
            _ when Is(first, "heat") => RequestClass.Analysis,
            _ when Is(first, "export") => RequestClass.Export,
            _ when Is(first, "api") => Begins(rest, "imports/uploads") || (Begins(rest, "cases") || Begins(rest, "detections") || Begins(rest, "cameras")) && !Reads(request.Method) ? RequestClass.Upload
                : Begins(rest, "cameras/") && rest.Contains("/stream", StringComparison.OrdinalIgnoreCase) ? RequestClass.Stream : RequestClass.Question,
            _ when Is(first, "open311") => Reads(request.Method) ? RequestClass.Question : RequestClass.Upload,
            _ when Is(first, "search") => RequestClass.Question,
            _ when Is(first, "audit") || Is(first, "account") => path.Contains('.') ? RequestClass.Export : RequestClass.Page,
            _ when Is(first, "health") => RequestClass.Health,
            _ when Is(first, "_blazor") => RequestClass.Circuit,
            _ when Is(first, "sign-in") && !Reads(request.Method) => RequestClass.SignIn,
            _ when Is(first, "password-strength") => RequestClass.Weighing,
            _ => IsFile(path) ? RequestClass.File : RequestClass.Page,
        };
    }

    /// <summary>Methods that change nothing (RFC 9110, 9.2.1).</summary>
    public static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Does the request ask for a WebSocket, over HTTP/1.1 (RFC 6455, 4.1) or HTTP/2 (RFC 8441, 4)?</summary>
    public static bool IsUpgrade(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    static bool Is(ReadOnlySpan<char> segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);

    static bool Begins(ReadOnlySpan<char> rest, string name) => rest.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    // What is no file of ours, whatever it looks like, is asked of the pages and limited as they are.
    static bool IsFile(ReadOnlySpan<char> path)
    {
        foreach (var ending in s_endings)
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
