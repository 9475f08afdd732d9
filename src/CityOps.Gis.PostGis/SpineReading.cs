using System.Globalization;
using CityOps.Gis.Access;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Reads the whole spine from the database, and looks whether that is needed. It is the same for everybody (<see cref="Caller.PublicSpine"/>), so the product itself reads it.</summary>
sealed class SpineReading(CallerDatabase database)
{
    const string Departments = """
        with recursive tree as (
            select fid, code, name, 0 as depth, array[code collate "C"] as path from gis.departments top
            where not exists (select from gis.departments above where above.code = top.parent_code and above.code <> top.code)
            union all
            select below.fid, below.code, below.name, tree.depth + 1, tree.path || (below.code collate "C")
            from gis.departments below join tree on below.parent_code = tree.code
            where below.code collate "C" <> all(tree.path)
        )
        select 'departments', fid, code, name, depth, null::float8, null::float8, null::float8, null::float8 from tree where code is not null order by path
        """;

    // Boxes stand in the heads of the geometries: no outline is read for them.
    static readonly string Areas = $"""
        select layer, fid, code, name, 0, ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
        from ({string.Join(" union all ", SpineTree.AreaLayers.Select(Current))}) area
        order by layer, code collate "C", begin_date desc nulls last
        """;

    /// <summary>The spine of today: <paramref name="kept"/> where nothing has changed since.</summary>
    public async Task<SpineToday> Read(SpineToday? kept)
    {
        using var everybody = Caller.Product.Enter();
        await using var connection = await database.Open();
        var stamp = await Stamp(connection);
        return kept?.Stamp == stamp ? kept : new(stamp, await Nodes(connection, Areas), await Nodes(connection, Departments));
    }

    // The versions come first: what is written between them and the reading is read once more.
    static async Task<SpineStamp> Stamp(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select coalesce(sum(version), 0)::bigint, current_date from cityops.layer where id = any($1)", connection)
        {
            Parameters = { new() { Value = SpineTree.AreaLayers.Append("departments").ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new(reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1));
    }

    static string Current(string layerId)
        => $"select '{layerId}' as layer, fid, code, name, begin_date, box2d(geom) as box from {SqlName.Table(layerId)} where code is not null and {SpineTree.IsCurrent(layerId, "")}";

    static async Task<List<SpineNode>> Nodes(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var nodes = new List<SpineNode>();
        while (await reader.ReadAsync())
            nodes.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), Convert.ToInt32(reader.GetValue(4), CultureInfo.InvariantCulture))
            {
                Box = reader.IsDBNull(5) ? null : new Envelope(reader.GetDouble(5), reader.GetDouble(7), reader.GetDouble(6), reader.GetDouble(8)),
            });
        return nodes;
    }
}
