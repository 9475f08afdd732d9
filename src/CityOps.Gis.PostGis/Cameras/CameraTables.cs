using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>Puts index and locks on what belongs to cameras.</summary>
public static class CameraTables
{
    /// <summary>The layer whose features are cameras.</summary>
    public const string LayerId = "cameras";

    /// <summary>Running it again changes nothing. An installation without the layer has no cameras.</summary>
    public static async Task Ensure(NpgsqlConnection connection, LayerCatalog catalog, CancellationToken cancel = default)
    {
        if (catalog.Find(LayerId) is not null)
            await Sql.Run(connection, "select cameras.attach()", cancel);
    }
}
