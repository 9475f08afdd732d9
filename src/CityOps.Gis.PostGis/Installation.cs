using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.PostGis.Search;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Brings a database to the state this version of the product works with.</summary>
public static class Installation
{
    /// <summary>Migrates, makes the table of every layer and loads the code lists; running it again changes nothing.</summary>
    /// <exception cref="MigrationException">A migration failed.</exception>
    /// <exception cref="LayerTableException">A definition does not fit the table that is there.</exception>
    public static async Task Prepare(string connectionString, LayerCatalog catalog, CancellationToken cancel = default)
    {
        Migrator.Migrate(connectionString);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Sql.Run(connection, "select cityops.mark_overlap_leakproof()", cancel);
        foreach (var layer in catalog.Layers)
            await LayerTable.Ensure(connection, layer, cancel);
        foreach (var layer in catalog.Layers)
            await SearchIndex.Ensure(connection, layer, cancel);
        await CaseTables.Ensure(connection, catalog, cancel);
        await AssessmentTables.Ensure(connection, catalog, cancel);
        await DeviceTables.Ensure(connection, catalog, cancel);
        await CameraTables.Ensure(connection, catalog, cancel);
        await DetectionTables.Ensure(connection, catalog, cancel);
        await FollowedTables.Publish(connection, catalog, cancel);
        await CodeListTable.Sync(connection, catalog.Lists, cancel);
    }
}
