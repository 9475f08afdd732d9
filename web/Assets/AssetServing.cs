using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Assets;

/// <summary>Serves the static files, with their version in the address and without.</summary>
public static class AssetServing
{
    public static IServiceCollection AddAssets(this IServiceCollection services) => services.AddSingleton<AssetSet>();

    public static IApplicationBuilder UseAssets(this IApplicationBuilder app)
    {
        var version = app.ApplicationServices.GetRequiredService<AssetSet>().Version;
        return app.Map(AssetSet.Prefix, versioned => versioned
            .Use((context, next) =>
            {
                // Another version's address gets what there is now, and keeps nothing: behind a load balancer one may ask the node that was not updated yet.
                var path = context.Request.Path.Value ?? "";
                var end = path.Length > 1 && path.IndexOf('/', 1) is > 0 and var slash ? slash : path.Length;
                context.Items[AssetSet.Prefix] = path.AsSpan(0, end).TrimStart('/').Equals(version, StringComparison.Ordinal);
                context.Request.Path = path[end..];
                return next(context);
            })
            .UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] = file.Context.Items[AssetSet.Prefix] is true ? "public, max-age=31536000, immutable" : "no-cache" })
            .Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }))
            // Names without a version: a browser asks whether its copy still holds; the answer is mostly 304.
            .UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] = "no-cache" });
    }
}
