using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Api.Ogc;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web;

/// <summary>
/// Lets pages of other origins read what is no tile, from the origins that may read tiles (<see cref="TileServingOptions.CorsOrigins"/>; Fetch standard, CORS protocol).
/// Reading only: what is written from elsewhere is sent by programs, which no browser holds back.
/// </summary>
static class CrossOrigin
{
    const string Reading = "reading";
    static readonly string[] Paths = [OgcAddress.Root, "/heat", "/export", "/search", "/api"];

    public static void AddCrossOrigin(this IServiceCollection services, TileServingOptions serving)
        => services.AddCors(cors => cors.AddPolicy(Reading, policy => policy
            .WithOrigins(serving.CorsOrigins).WithMethods("GET", "HEAD").WithHeaders(HeaderNames.IfNoneMatch, HeaderNames.AcceptLanguage, HeaderNames.Accept)
            .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Link, HeaderNames.ContentDisposition, "Content-Crs", ItemsEndpoint.NumberMatched, ItemsEndpoint.NumberMatchedKind)
            .SetPreflightMaxAge(TimeSpan.FromDays(1))));

    public static void UseCrossOrigin(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TileServingOptions>().CorsOrigins.Length > 0)
            app.UseWhen(context => Paths.Any(path => context.Request.Path.StartsWithSegments(path)), branch => branch.UseCors(Reading));
    }
}
