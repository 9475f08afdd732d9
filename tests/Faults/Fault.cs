namespace CityOps.Gis.Testing.Faults;

/// <summary>What can happen to the product while it works.</summary>
public enum Fault
{
    /// <summary>kill -9 of the web process; somebody starts it again.</summary>
    HostKilled,

    /// <summary>kill -9 of PostgreSQL's postmaster; somebody starts it again.</summary>
    ServerKilled,

    /// <summary>kill -9 of a session of PostgreSQL, which recovers by itself.</summary>
    SessionKilled,

    /// <summary>The database is stopped in order and comes back.</summary>
    DatabaseAway,
}
