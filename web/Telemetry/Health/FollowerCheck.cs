using CityOps.Gis.Tiles.Following;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CityOps.Gis.Web.Telemetry.Health;

/// <summary>
/// Ready once every layer has a view or is known to get none. A node that serves an older view while it catches up is ready, and degraded: PostGIS or the file answers.
/// </summary>
sealed class FollowerCheck(LiveLayers layers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var behind = layers.All.Where(layer => layer.State is LayerState.Waiting or LayerState.Copying or LayerState.Stale or LayerState.CatchingUp).Select(layer => layer.Definition.Id).ToList();
        return Task.FromResult(behind.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"Not live yet: {string.Join(", ", behind)}."));
    }
}
