using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>Puts the mirror of scenes on the layer of detections, and locks on what lies beside.</summary>
public static class DetectionTables
{
    /// <summary>The layer whose features are scenes that recognisers saw on cameras.</summary>
    public const string LayerId = "detections";

    /// <summary>Running it again changes nothing. An installation without the layer, or without cameras, has no detections.</summary>
    public static async Task Ensure(NpgsqlConnection connection, LayerCatalog catalog, CancellationToken cancel = default)
    {
        if (catalog.Find(LayerId) is not null && catalog.Find(Cameras.CameraTables.LayerId) is not null)
            await Sql.Run(connection, "select detections.attach()", cancel);
    }
}
