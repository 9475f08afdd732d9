namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>
/// The city of <see cref="Coast"/> with a past and with people: a manhole cover that was mended and moved, cases and a device at it, a management grid with its grid
/// manager, and changes of today in its unit grid.
/// </summary>
static class Streets
{
    /// <summary>Where the cover stood before it was moved, some 24 m to the east (degrees).</summary>
    public const double EarlierLongitude = Coast.LonelyLongitude + 0.00024;

    public const string Sql = Coast.Sql + """
        update gis.components set status = '破损', geom = ST_SetSRID(ST_MakePoint(118.0755 + 0.00024, 24.4655), 4490) where code = '3502030102000777';
        update gis.components set status = '完好' where code = '3502030102000777';
        update gis.components set geom = ST_SetSRID(ST_MakePoint(118.0755, 24.4655), 4490) where code = '3502030102000777';
        insert into gis.cases (case_number, title, class_code, status, occurred_at, deadline, component_code, geom)
        values ('A2026-1', '井盖破损', '0101', 'handle', now() - interval '3 days', now() - interval '1 day', '3502030102000777', ST_SetSRID(ST_MakePoint(118.0755, 24.46552), 4490)),
               ('A2026-2', '井盖异响', '0101', 'close', now() - interval '9 days', now() - interval '7 days', '3502030102000777', ST_SetSRID(ST_MakePoint(118.0757, 24.4655), 4490)),
               ('A2026-3', '积水', '0101', 'dispatch', now() - interval '1 day', now() + interval '2 days', null, ST_SetSRID(ST_MakePoint(118.0755, 24.4664), 4490));
        insert into gis.devices (device_id, name, kind, status, component_code, geom)
        values ('D-1', '井盖传感器', 'manhole', 'offline', '3502030102000777', ST_SetSRID(ST_MakePoint(118.0755, 24.4655), 4490));
        insert into gis.management_grids (code, name, parent_code, grid_codes, worker_name, worker_phone, geom)
        select '350203002002901', '巡司顶一格', '350203002002', array[grid.code], '林海', '13900000000', grid.geom
        from gis.unit_grids grid where ST_Intersects(grid.geom, ST_SetSRID(ST_MakePoint(118.0755, 24.4655), 4490));
        """;
}
