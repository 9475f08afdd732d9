using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Makes the views of indicators over the layers of cases and checks.</summary>
public static class AssessmentTables
{
    /// <summary>The layer of checks on the spot.</summary>
    public const string LayerId = "assessments";

    /// <summary>Running it again changes nothing. An installation without the two layers assesses nothing.</summary>
    public static async Task Ensure(NpgsqlConnection connection, LayerCatalog catalog, CancellationToken cancel = default)
    {
        if (catalog.Find(CaseTables.LayerId) is not null && catalog.Find(LayerId) is not null)
            await Sql.Run(connection, "select assessment.attach(), assessment.attach_dispatches(), assessment.attach_appeals()", cancel);
    }
}
