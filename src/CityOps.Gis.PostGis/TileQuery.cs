using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiling;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// Makes Mapbox vector tiles (MVT 2.1) of a question with PostGIS. A tile of an aggregating layer that would hold more than <see cref="TileLimits"/> allow
/// holds cells instead: 64 × 64 squares with exact counts, whose sum over the tiles of a zoom is the count of the question.
/// </summary>
/// <remarks>
/// A point lies in exactly one tile of a zoom (west and north edges belong to the tile). Lines and polygons reach <see cref="Buffer"/> units over the edge;
/// where they are too small to draw at a zoom they become a point. Aggregates count a line or polygon at the middle of its box. A cell stands at the mean
/// place of its features, reckoned in whole world units (2³² along the side of the Web Mercator square), as the executor in memory does.
/// </remarks>
public sealed class TileQuery(CallerDatabase source, TileLimits? limits = null)
{
    readonly TileLimits _limits = limits ?? TileLimits.Default;

    /// <summary>Units along a tile's side (MVT extent).</summary>
    public const int Extent = 4096;
    public const int Buffer = 64;

    /// <summary>Cells along a tile's side.</summary>
    public const int Cells = 64;

    /// <summary>The encoded tile, uncompressed; empty where nothing answers the question there.</summary>
    /// <exception cref="PostgresException">The database refused the statement.</exception>
    public async Task<byte[]> Tile(LayerDefinition layer, FeatureQuery query, TileCoord tile, CancellationToken cancel = default)
    {
        if (layer.Geometry == GeometryKind.None || tile.Zoom < layer.Zooms.Min)
            return [];
        await using var connection = await source.Open(cancel);
        if (layer.Zooms.Aggregate && await HoldsTooMany(connection, layer, query, tile, cancel))
            return await Run(connection, layer, query, tile, AggregateSql, cancel);
        var features = await Run(connection, layer, query, tile, FeatureSql, cancel);
        return layer.Zooms.Aggregate && features.Length > _limits.MostBytes ? await Run(connection, layer, query, tile, AggregateSql, cancel) : features;
    }

    /// <summary>Version of a layer's features; grows with every change.</summary>
    public async Task<long> Version(LayerDefinition layer, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select version from cityops.layer where id = $1");
        command.Parameters.Add(new() { Value = layer.Id });
        return await command.ExecuteScalarAsync(cancel) is long version ? version : 0;
    }

    async Task<bool> HoldsTooMany(NpgsqlConnection connection, LayerDefinition layer, FeatureQuery query, TileCoord tile, CancellationToken cancel)
    {
        if (_limits.MostFeatures == int.MaxValue)
            return false;
        var filter = Filter(layer, query, tile, margin: 0);
        await using var command = filter.Command(connection,
            $"select count(*) from (select from {QueryCompiler.Source(layer, query, filter)} where {filter.Where} limit {_limits.MostFeatures + 1}) found");
        return (long)(await command.ExecuteScalarAsync(cancel))! > _limits.MostFeatures;
    }

    static async Task<byte[]> Run(
        NpgsqlConnection connection, LayerDefinition layer, FeatureQuery query, TileCoord tile, Func<LayerDefinition, TileCoord, string, string> sql, CancellationToken cancel)
    {
        var filter = Filter(layer, query, tile, layer.Geometry == GeometryKind.Point ? 0 : (double)Buffer / Extent);
        await using var command = filter.Command(connection, sql(layer, tile, $"{QueryCompiler.Source(layer, query, filter)} where {filter.Where}"));
        return await command.ExecuteScalarAsync(cancel) as byte[] ?? [];
    }

    static SqlFilter Filter(LayerDefinition layer, FeatureQuery query, TileCoord tile, double margin)
    {
        var filter = QueryCompiler.Compile(layer, query);
        filter.And($"geom && {QueryCompiler.Envelope(filter, WebMercator.Degrees(tile, margin))}");
        return filter;
    }

    // World units are floored first, so that a point is in one tile only whatever the rounding.
    static string AggregateSql(LayerDefinition layer, TileCoord tile, string asked)
    {
        var shift = 32 - tile.Zoom - 6;
        string Mean(string axis, int first) => Shifted($"div(sum({axis}_sum), sum(counted))::bigint", 20 - tile.Zoom, (long)first * Extent);
        return $"""
            select ST_AsMVT(cell, {SqlName.Literal(layer.Id)}, {Extent}, 'geom') from (
                select ST_MakePoint({Mean("x", tile.X)}, {Mean("y", tile.Y)}) as geom, true as aggregated, sum(counted)::bigint as cell_count,
                    jsonb_object_agg('count_' || key, counted) filter (where key is not null) as counts
                from (
                    select cx, cy, key, count(*) as counted, sum(x) as x_sum, sum(y) as y_sum
                    from (
                        select x, y, (x >> {shift}) - {(long)tile.X * Cells} as cx, (y >> {shift}) - {(long)tile.Y * Cells} as cy, key
                        from (
                            select {WorldUnit("cityops.mercator_u(cityops.spot_x(geom))")} as x, {WorldUnit("cityops.mercator_v(cityops.spot_y(geom))")} as y, {KeySql(layer)} as key
                            from {asked}
                        ) world
                    ) spot
                    where cx between 0 and {Cells - 1} and cy between 0 and {Cells - 1}
                    group by cx, cy, key
                ) by_key
                group by cx, cy
                order by sum(counted) desc, cy, cx
            ) cell
            """;
    }

    static string WorldUnit(string share) => $"floor({share} * 4294967296)::bigint";

    // Tile units of a world unit; at deep zooms a world unit is wider than they are.
    static string Shifted(string world, int shift, long first) => $"({world} {(shift >= 0 ? ">>" : "<<")} {Math.Abs(shift)}) - {first}";

    static string KeySql(LayerDefinition layer) => layer.Zooms.CountBy switch
    {
        CountBy.Major => "left(class_code, 2)",
        CountBy.Status => "status",
        _ => "null::text",
    };

    static string FeatureSql(LayerDefinition layer, TileCoord tile, string asked)
    {
        var columns = TileColumns(layer).ToList();
        return $"""
            select ST_AsMVT(feature, {SqlName.Literal(layer.Id)}, {Extent}, 'geom', 'fid') from (
                select * from (
                    select fid, {string.Concat(columns.Select(one => one.Sql + ", "))}{GeometrySql(layer, tile)} as geom
                    from {asked}
                ) placed
                where geom is not null
                order by fid
            ) feature
            """;
    }

    static string GeometrySql(LayerDefinition layer, TileCoord tile)
    {
        var units = Extent * (1L << tile.Zoom);
        string Unit(string world, long first) => $"floor({world} * {units})::bigint - {first * Extent}";
        var point = $"cityops.tile_point({Unit("cityops.mercator_u(cityops.spot_x(geom))", tile.X)}, {Unit("cityops.mercator_v(cityops.spot_y(geom))", tile.Y)})";
        if (layer.Geometry == GeometryKind.Point)
            return point;
        var shape = $"ST_AsMVTGeom(ST_Transform(geom, 3857), ST_TileEnvelope({tile.Zoom}, {tile.X}, {tile.Y}), {Extent}, {Buffer}, true)";
        return layer.Zooms.Aggregate ? $"case when ST_Dimension(geom) = 0 then {point} else coalesce({shape}, {point}) end" : shape;
    }

    static IEnumerable<(string Name, string Sql)> TileColumns(LayerDefinition layer)
        => layer.StoredFields.Where(field => field.InTile).Select(field => (field.Name, field.Type switch
        {
            FieldType.List => $"array_to_string({SqlName.Quote(field.Name)}, ';') as {SqlName.Quote(field.Name)}",
            FieldType.Date => $"to_json({SqlName.Quote(field.Name)}) #>> '{{}}' as {SqlName.Quote(field.Name)}",
            // In UTC, so that a tile does not depend on the session's time zone.
            FieldType.DateTime => $"(to_json({SqlName.Quote(field.Name)} at time zone 'UTC') #>> '{{}}') || case when isfinite({SqlName.Quote(field.Name)}) then 'Z' else '' end as {SqlName.Quote(field.Name)}",
            _ => SqlName.Quote(field.Name),
        }));
}
