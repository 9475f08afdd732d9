using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CityOps.Gis.Web;

/// <summary>Healthy while the database answers.</summary>
sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException fault)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {fault.Message}");
        }
    }
}
