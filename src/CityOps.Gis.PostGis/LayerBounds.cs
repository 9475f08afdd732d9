using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// The box of a layer in degrees (EPSG:4490) from the roots of its spatial indexes, which takes no reading of rows. Never too small: an index keeps its box when
/// features leave it.
/// </summary>
public sealed class LayerBounds(NpgsqlDataSource database)
{
    /// <summary>West, south, east, north; null where the layer holds nothing.</summary>
    public async Task<(double West, double South, double East, double North)?> Of(LayerDefinition layer, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            select ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
            from (
                select ST_Extent(_postgis_index_extent(part.relid, 'geom')::geometry) as box
                from (
                    select relid from pg_partition_tree($1::regclass) where isleaf
                    -- Of a table that has no partitions PostgreSQL lists nothing.
                    union all select $1::regclass where not exists (select from pg_partition_tree($1::regclass))
                ) part
            ) whole
            where box is not null
            """);
        command.Parameters.Add(new() { Value = SqlName.Table(layer.Id) });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)) : null;
    }
}
