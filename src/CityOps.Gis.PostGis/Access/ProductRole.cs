namespace CityOps.Gis.PostGis.Access;

/// <summary>
/// What a server's administrator makes beforehand, so that the product itself works under a role of its own with no right it does not need: not a superuser, makes
/// no roles and no databases, passes by no row-level security. It owns its database, follows it, and takes on the callers' roles.
/// </summary>
public static class ProductRole
{
    /// <summary>Roles that the product takes on for those who call (<see cref="CallerDatabase"/>): without login, without rights but those on its tables.</summary>
    public static IReadOnlyList<string> CallerRoles { get; } = ["cityops_caller", "cityops_city"];

    /// <summary>SQL for psql, to be run by a superuser; run again it makes what is missing and changes nothing else.</summary>
    /// <param name="role">The product's own.</param>
    /// <param name="database">Made where it is not there.</param>
    public static string Script(string role, string database) => $"""
        -- Roles and database of CityOps.Gis, to be run as a superuser of the server; again after an update of PostGIS, which forgets the last line.
        \set ON_ERROR_STOP 1
        {string.Concat(CallerRoles.Select(caller => RoleIfMissing(caller, "nologin")))}{RoleIfMissing(role, "login replication")}-- Over the network it needs a password:  \password {role}
        grant {string.Join(", ", CallerRoles)} to {SqlName.Quote(role)};
        {IfMissing("pg_database", "datname", database, $"create database {SqlName.Quote(database)} owner {SqlName.Quote(role)}")}\connect {SqlName.Quote(database)}
        create extension if not exists postgis;
        -- Whether two boxes overlap tells nobody anything. PostgreSQL must know that to use spatial indexes under row-level security, and only a superuser may say so.
        alter function geometry_overlaps(geometry, geometry) leakproof;
        """;

    static string RoleIfMissing(string role, string rights) => IfMissing("pg_roles", "rolname", role, $"create role {SqlName.Quote(role)} {rights}");

    // psql's \gexec runs what a statement gives, here one line or none; "create database" cannot stand in a block.
    static string IfMissing(string catalog, string column, string name, string statement)
        => $"select {SqlName.Literal(statement)} where not exists (select from {catalog} where {column} = {SqlName.Literal(name)}) \\gexec\n";
}
