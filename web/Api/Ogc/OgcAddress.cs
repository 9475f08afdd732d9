using Microsoft.AspNetCore.Http.Extensions;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Addresses of the API as links need them: absolute, with the whole question.</summary>
static class OgcAddress
{
    /// <summary>Where the API begins, below the host.</summary>
    public const string Root = "/ogc";

    /// <summary>Scheme, host and base path of the server, without a slash at its end.</summary>
    public static string Server(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>An address below the API's root.</summary>
    /// <param name="path">With a slash before it, or empty.</param>
    public static string Of(HttpRequest request, string path) => Server(request) + Root + path;

    /// <summary>This request's address with its whole question, some parameters set or (null) taken away.</summary>
    public static string With(HttpRequest request, params (string Name, string? Value)[] changes) => With(request, request.Path, changes);

    /// <summary>As <see cref="With(HttpRequest, ValueTuple{string, string?}[])"/>, of another path below the server.</summary>
    public static string With(HttpRequest request, string path, params (string Name, string? Value)[] changes)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query)
            if (!changes.Any(change => change.Name == name))
                query.Add(name, values.OfType<string>());
        foreach (var (name, value) in changes)
            if (value is not null)
                query.Add(name, value);
        return Server(request) + path + query;
    }
}
