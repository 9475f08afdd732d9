using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary>Who sits at the machine: works as the product itself, and stands in the audit log under the name that the operating system knows.</summary>
static class ConsoleCaller
{
    /// <summary>With the name of this machine as address.</summary>
    public static Caller Current => Caller.ProductFor($"console:{Environment.UserName}", $"{Environment.UserName} (console)", Environment.MachineName);

    /// <summary>Writes what was done to a database as a whole. One of an earlier version may keep no log yet, and is backed up all the same.</summary>
    public static async Task Tell(string connectionString, AuditEvent happened, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        var log = new AuditLog(source);
        if (await log.IsThere(cancel))
            await log.Write(happened, cancel);
    }
}
