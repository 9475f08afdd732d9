using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CityOps.Gis.Access;
using CityOps.Gis.Tiles.Serving;
using Microsoft.AspNetCore.RateLimiting;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// How many requests of a class one person, one key or one unknown address may make: as many at a stroke as a map needs, then as many a second as the bucket fills.
/// One more is answered 429 with the seconds until the next.
/// </summary>
static class RateLimits
{
    // What a person is given of the IPv6 internet (RFC 6177).
    const int HomeBytes = 8;

    static readonly TileRefusal Refusal = new(StatusCodes.Status429TooManyRequests, "too-many-requests",
        new("请求过于频繁，请按 Retry-After 的秒数稍候再试。", "Too many requests; wait as many seconds as Retry-After says."));

    public static IServiceCollection AddRateLimits(this IServiceCollection services, SafetyOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (RequestClass, object)>(context => Bucket(context, options));
        limiter.OnRejected = (rejected, _) => Reject(rejected);
    });

    static RateLimitPartition<(RequestClass, object)> Bucket(HttpContext context, SafetyOptions options)
    {
        var kind = RequestClasses.Of(context.Request);
        var (limits, factor) = (options.Limits[kind], options.RateFactor);
        return limits.PerSecond * factor == 0
            ? RateLimitPartition.GetNoLimiter<(RequestClass, object)>((kind, ""))
            : RateLimitPartition.GetTokenBucketLimiter((kind, Who(context)), _ => Fill(limits.PerSecond * factor, limits.Burst * factor));
    }

    static TokenBucketRateLimiterOptions Fill(double perSecond, double burst) => new()
    {
        TokenLimit = Math.Max(1, (int)burst), QueueLimit = 0,
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 1 / perSecond)), TokensPerPeriod = Math.Max(1, (int)perSecond),
    };

    static object Who(HttpContext context) => Caller.Current.Id ?? Home(context.Connection.RemoteIpAddress);

    // Whoever has one address of a home has all of them.
    static object Home(IPAddress? address)
        => address is null ? ""
        : address.AddressFamily != AddressFamily.InterNetworkV6 ? address
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, HomeBytes));

    static async ValueTask Reject(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await TileGate.Refuse(rejected.HttpContext, Refusal);
    }
}
