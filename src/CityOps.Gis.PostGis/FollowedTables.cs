using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// PostgreSQL's publication of the tables that tile nodes follow: the layers with a geometry, the departments, and <c>cityops.layer</c> with the versions.
/// Partitions are published as rows of their layer's table.
/// </summary>
public static class FollowedTables
{
    /// <summary>Name of the publication.</summary>
    public const string Publication = "cityops";

    /// <summary>The table of the layers' versions and that of the departments, as replication names them.</summary>
    public const string Versions = "cityops.layer", Departments = "gis.departments";

    /// <summary>Makes the publication and adds the tables that are missing; running it again changes nothing.</summary>
    public static async Task Publish(NpgsqlConnection connection, LayerCatalog catalog, CancellationToken cancel = default)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Sql.Run(connection, "select pg_advisory_xact_lock(hashtext('cityops.publication'))", cancel);
        if (!await Sql.Value<bool>(connection, $"select exists (select from pg_publication where pubname = '{Publication}')", cancel))
            await Sql.Run(connection, $"create publication {Publication} with (publish_via_partition_root = true)", cancel);
        var published = await Sql.Column<string>(connection, $"select schemaname||'.'||tablename from pg_publication_tables where pubname = '{Publication}'", cancel);
        var missing = Wanted(catalog).Where(table => !published.Contains($"{table.Schema}.{table.Name}")).Select(table => $"{table.Schema}.{SqlName.Quote(table.Name)}").ToList();
        if (missing.Count > 0)
            await Sql.Run(connection, $"alter publication {Publication} add table {string.Join(", ", missing)}", cancel);
        await transaction.CommitAsync(cancel);
    }

    static IEnumerable<(string Schema, string Name)> Wanted(LayerCatalog catalog)
        => catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None || layer.Id == "departments").Select(layer => ("gis", layer.Id)).Append(("cityops", "layer"));
}
