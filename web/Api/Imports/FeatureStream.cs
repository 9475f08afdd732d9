using System.Globalization;
using System.Text;

namespace CityOps.Gis.Web.Api.Imports;

/// <summary>
/// A GeoJSON feature collection that is written as its features come. Its member <c>limit</c> says how many features it holds at most, and <c>limited</c> whether there
/// may be more.
/// </summary>
sealed class FeatureStream(IAsyncEnumerable<string> features, int limit) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/geo+json";
        response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 << 10);
        await writer.WriteAsync("{\"type\":\"FeatureCollection\",\"features\":[");
        var count = 0;
        await foreach (var feature in features)
        {
            if (count++ > 0)
                await writer.WriteAsync(',');
            await writer.WriteAsync(feature);
        }
        await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"],\"limit\":{limit},\"limited\":{(count >= limit ? "true" : "false")}}}"));
    }
}
