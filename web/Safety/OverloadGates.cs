using System.Threading.RateLimiting;
using CityOps.Gis.Web.Telemetry;

namespace CityOps.Gis.Web.Safety;

/// <summary>The gate of each class of requests. The first who came is the first let in.</summary>
sealed class OverloadGates : IDisposable
{
    readonly ConcurrencyLimiter?[] _gates = new ConcurrencyLimiter?[Enum.GetValues<RequestClass>().Length];
    readonly GisMeters _meters;

    public OverloadGates(SafetyOptions options, GisMeters meters)
    {
        _meters = meters;
        foreach (var (kind, limits) in options.Limits)
            if (limits.AtOnce > 0)
                _gates[(int)kind] = new(new() { PermitLimit = limits.AtOnce, QueueLimit = limits.Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    /// <summary>Null where any number may come.</summary>
    public ConcurrencyLimiter? Of(RequestClass kind) => _gates[(int)kind];

    public void Shed(RequestClass kind) => _meters.Shed(kind);

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate?.Dispose();
    }
}
