using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Assets;

/// <summary>Serves the static files, with their version in the address and without.</summary>
public static class AssetServing
{
    static readonly FileExtensionContentTypeProvider Types = new();

    public static IServiceCollection AddAssets(this IServiceCollection services) => services.AddSingleton<AssetSet>().AddSingleton<PackedAssets>();

    /// <summary>To stand before the packing of answers: what is versioned is packed already, and only once.</summary>
    public static IApplicationBuilder UseAssets(this IApplicationBuilder app)
    {
        var version = app.ApplicationServices.GetRequiredService<AssetSet>().Version;
        var packed = app.ApplicationServices.GetRequiredService<PackedAssets>();
        return app.Map(AssetSet.Prefix, versioned => versioned
            .Use((context, next) =>
            {
                // Another version's address gets what there is now, and keeps nothing: behind a load balancer one may ask the node that was not updated yet.
                var path = context.Request.Path.Value ?? "";
                var end = path.Length > 1 && path.IndexOf('/', 1) is > 0 and var slash ? slash : path.Length;
                context.Items[AssetSet.Prefix] = path.AsSpan(0, end).TrimStart('/').Equals(version, StringComparison.Ordinal);
                context.Request.Path = path[end..];
                return Serve(context, packed) ?? next(context);
            })
            .UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] = KeepingOf(file.Context) })
            .Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }))
            // Names without a version: a browser asks whether its copy still holds; the answer is mostly 304.
            .UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] = "no-cache" });
    }

    static string KeepingOf(HttpContext context) => context.Items[AssetSet.Prefix] is true ? "public, max-age=31536000, immutable" : "no-cache";

    // Null where the file goes as it is.
    static Task? Serve(HttpContext context, PackedAssets packed)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "");
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        if (!HttpMethods.IsGet(request.Method) || !Types.TryGetContentType(path, out var type)
            || PackedAssets.Encodings.FirstOrDefault(encoding => accepted.Any(one => one.Value == encoding && one.Quality is not 0)) is not { } encoding || packed.Find(path, encoding) is not { } bytes)
            return null;
        var headers = context.Response.Headers;
        (headers.ContentEncoding, headers.Vary, headers.CacheControl, headers.ContentType, headers.ContentLength) = (encoding, HeaderNames.AcceptEncoding, KeepingOf(context), type, bytes.Length);
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
