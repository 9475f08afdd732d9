using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>What belongs to an area of the spine beside what lies in it: the areas that touch it and its people.</summary>
public sealed class AreaSurroundings(CallerDatabase source, LayerCatalog catalog)
{
    const string Grids = "management_grids";

    /// <summary>Grid managers that are listed at most.</summary>
    public const int MostManagers = 100;

    /// <summary>Areas of the same level that touch an area, in the order of their codes. Edges that were drawn a centimetre apart count as touching.</summary>
    public async Task<IReadOnlyList<TouchingArea>> Touching(string layerId, long fid, CancellationToken cancel = default)
    {
        var table = SqlName.Table(layerId);
        await using var command = source.CreateCommand($"""
            select distinct on (other.code collate "C") other.fid, other.code, other.name,
                coalesce(degrees(ST_Azimuth(ST_Centroid(me.geom), ST_Centroid(other.geom))), 0)
            from {table} me join {table} other on ST_DWithin(other.geom, me.geom, 1e-7) and other.code <> me.code
            where me.fid = $1 and {SpineTree.IsCurrent(layerId, "other.")}
            order by other.code collate "C", other.begin_date desc nulls last
            """);
        command.Parameters.Add(new() { Value = fid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var areas = new List<TouchingArea>();
        while (await reader.ReadAsync(cancel))
            areas.Add(new(new(layerId, reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)), reader.GetDouble(3)));
        return areas;
    }

    /// <summary>May the caller see who looks after a grid, and how to reach him?</summary>
    public bool NamesManagers => catalog.Find(Grids)?.Find("worker_name") is not null;

    /// <summary>
    /// The management grids of an area and who looks after them: those that list a unit grid, those that lie in a larger area. Names and numbers are only read for a caller
    /// who may see them, and nothing for one who may not see the layer.
    /// </summary>
    public async Task<IReadOnlyList<GridManager>> Managers(string code, CancellationToken cancel = default)
    {
        if (catalog.Find(Grids) is not { } layer)
            return [];
        string Seen(string field) => layer.Find(field) is null ? "null::text" : field;
        var condition = SpineTree.LayerOf(code) switch
        {
            "unit_grids" => "grid_codes @> array[$1]",
            "communities" => "community_code = $1",
            "subdistricts" => "subdistrict_code = $1",
            _ => "district_code = $1",
        };
        await using var command = source.CreateCommand($"""
            select fid, code, name, {Seen("worker_name")}, {Seen("worker_phone")} from {SqlName.Table(Grids)}
            where {condition} and {SpineTree.IsCurrent(Grids, "")} order by code collate "C" limit {MostManagers}
            """);
        command.Parameters.Add(new() { Value = code });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var managers = new List<GridManager>();
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        while (await reader.ReadAsync(cancel))
            managers.Add(new(new(Grids, reader.GetInt64(0), reader.GetString(1), Text(2)), Text(3), Text(4)));
        return managers;
    }

    /// <summary>Who answers for which classes in a district: its own rules, and the city's where it has none.</summary>
    public async Task<IReadOnlyList<ResponsibleFor>> Departments(string district, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select rule.department_code, (select name from gis.departments where code = rule.department_code order by begin_date desc nulls last limit 1),
                array_agg(rule.class_prefix order by rule.class_prefix)
            from (
                select distinct on (class_prefix) class_prefix, department_code from cityops.responsibility
                where district_code is null or district_code = $1 order by class_prefix, district_code nulls last
            ) rule
            group by rule.department_code order by rule.department_code collate "C"
            """);
        command.Parameters.Add(new() { Value = district });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var departments = new List<ResponsibleFor>();
        while (await reader.ReadAsync(cancel))
            departments.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetFieldValue<string[]>(2)));
        return departments;
    }
}
