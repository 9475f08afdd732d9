using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Tells a database that is away (stopped, starting, cut off, without a free session) from one that refuses a statement.</summary>
public static class DatabaseAway
{
    /// <summary>True where the same call may succeed in a moment, and nothing about it was wrong.</summary>
    /// <remarks>A server that stops or crashes tells its sessions so by errors of class 57P, one that starts refuses new ones (PostgreSQL, appendix A).</remarks>
    public static bool IsAway(this NpgsqlException fault)
        => fault is not PostgresException { SqlState: var state }
            || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
            || state.StartsWith("08", StringComparison.Ordinal);
}
