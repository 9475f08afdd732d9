using CityOps.Gis.Tiles.Serving;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace CityOps.Gis.Web.Safety;

/// <summary>Sets how large a request's body may be and how slowly its answer may be read, by the class of the request.</summary>
sealed class BodyLimits(RequestDelegate next, SafetyOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var limits = options.Limits[RequestClasses.Of(context.Request)];
        // HTTP/2 keeps to the connection's own rate.
        if (limits.LeastBytesPerSecond is { } bytes && context.Features.Get<IHttpMinResponseDataRateFeature>() is { } answer)
            answer.MinDataRate = new(bytes, options.Connections.Grace);
        if (HttpMethods.IsGet(context.Request.Method))
            return next(context);
        if (context.Request.ContentLength > limits.MostBytes)
            return TileGate.Refuse(context, TooLarge(limits.MostBytes));
        // A body without a length is counted while it comes.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = limits.MostBytes;
        return next(context);
    }

    static TileRefusal TooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge, "body-too-large",
        new($"请求正文超过 {most} 字节的上限。", $"The request's body is larger than {most} bytes."));
}
