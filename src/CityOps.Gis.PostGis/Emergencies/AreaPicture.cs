using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>Who and what is in an area: open cases, devices and cameras by state, components by class, and those who look after its grids. Each as the caller of the flow sees it.</summary>
public sealed class AreaPicture(CallerDatabase source, LayerCatalog catalog)
{
    /// <summary>People that a list holds at most.</summary>
    public const int MostPeople = 200;
    const int MostClasses = 40, MostCases = 30;

    public async Task<AreaFigures> Figures(Geometry area, CancellationToken cancel = default)
    {
        var cases = await Tally(CaseTables.LayerId, area, $"case when {CaseDue.At} < now() then 'overdue' else 'open' end", CaseDue.Open, cancel);
        return new(
            cases.Values.Sum(), cases.GetValueOrDefault("overdue"), await Tally(DeviceTables.LayerId, area, "coalesce(status, '')", "true", cancel), await Alarms(area, cancel),
            await Tally("cameras", area, "coalesce(status, '')", "true", cancel), await Tally("components", area, "coalesce(class_code, '')", "true", cancel), (await Tally("unit_grids", area, "''", SpineTree.IsCurrent("unit_grids", ""), cancel, isWithin: true)).Values.Sum());
    }

    /// <summary>The management grids of the area with who looks after them, by code; names and numbers for those who may see contacts.</summary>
    public async Task<IReadOnlyList<GridStaff>> People(Geometry area, CancellationToken cancel = default)
    {
        if (catalog.Find("management_grids") is not { } layer)
            return [];
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Polygon = area });
        filter.And(Overlaps(filter, area));
        var seen = Caller.Current.May(Permission.SeeContacts);
        await using var command = filter.Command(source, $"""
            select code, name, {(seen ? "worker_name, worker_phone" : "null::text, null::text")}, grid_codes from gis.management_grids where {filter.Where} order by code limit {MostPeople}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var people = new List<GridStaff>();
        while (await reader.ReadAsync(cancel))
            people.Add(new(reader.GetString(0), Text(reader, 1), Text(reader, 2), Text(reader, 3), reader.IsDBNull(4) ? [] : reader.GetFieldValue<string[]>(4)));
        return people;
    }

    /// <summary>The open cases of the area that are due first.</summary>
    public async Task<IReadOnlyList<CaseTask>> Cases(Geometry area, CancellationToken cancel = default)
    {
        var cases = new List<CaseTask>();
        if (catalog.Find(CaseTables.LayerId) is not { } layer)
            return cases;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Polygon = area });
        filter.And(CaseDue.Open);
        await using var command = filter.Command(source, $"""
            select fid, case_number, title, status, request, address, (select name from gis.departments d where d.code = cases.department_code order by begin_date desc nulls last limit 1), occurred_at, {CaseDue.At}, stage_warning, ST_X(geom), ST_Y(geom), null::integer, null, null
            from gis.cases where {filter.Where} order by {CaseDue.At} nulls last, fid limit {MostCases}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            cases.Add(CaseTasks.Read(reader));
        return cases;
    }

    // Not only by its edge (DE-9IM: the insides meet).
    static string Overlaps(SqlFilter filter, Geometry area) => $"ST_Relate(geom, {QueryCompiler.Place(filter, area)}, 'T********')";

    // Of a layer that is not there, nothing.
    async Task<IReadOnlyDictionary<string, long>> Tally(string layerId, Geometry area, string by, string which, CancellationToken cancel, bool isWithin = false)
    {
        var counts = new Dictionary<string, long>();
        if (catalog.Find(layerId) is not { } layer)
            return counts;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Polygon = area });
        filter.And(which);
        if (isWithin)
            filter.And(Overlaps(filter, area));
        await using var command = filter.Command(source, $"select {by}, count(*) from {SqlName.Table(layer.Id)} where {filter.Where} group by 1 order by 2 desc limit {MostClasses}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    async Task<long> Alarms(Geometry area, CancellationToken cancel)
    {
        if (catalog.Find(DeviceTables.LayerId) is not { } layer)
            return 0;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Polygon = area });
        await using var command = filter.Command(source, $"select count(*) from devices.alarm alarm where cleared_at is null and fid in (select fid from gis.devices where {filter.Where})");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
