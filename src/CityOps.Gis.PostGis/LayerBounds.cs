using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis;

/// <summary>
/// The box of a layer in degrees (EPSG:4490) from the roots of its spatial indexes, which takes no reading of rows. Never too small: an index keeps its box when
/// features leave it. A caller with a scope gets the box of the features in it, for which they are read.
/// </summary>
public sealed class LayerBounds(CallerDatabase database)
{
    /// <summary>West, south, east, north; null where the layer holds nothing.</summary>
    public async Task<(double West, double South, double East, double North)?> Of(LayerDefinition layer, CancellationToken cancel = default)
    {
        if (new FeatureQuery(layer.Id) is { Scope: not null } scoped)
            return await OfFeatures(layer, scoped, cancel);
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
        return await Read(command, cancel);
    }

    async Task<(double West, double South, double East, double North)?> OfFeatures(LayerDefinition layer, FeatureQuery query, CancellationToken cancel)
    {
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(database, $"""
            select ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
            from (select ST_Extent(geom) as box from {SqlName.Table(layer.Id)} where {filter.Where}) whole where box is not null
            """);
        return await Read(command, cancel);
    }

    static async Task<(double West, double South, double East, double North)?> Read(CallerCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)) : null;
    }
}
