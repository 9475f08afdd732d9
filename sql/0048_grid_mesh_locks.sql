-- Two imports that found the mesh of grids out of date at the same moment each held the lock of having looked and waited for the other's to go: one of them broke off
-- with a deadlock. Whoever looks and finds it stale lets go of what looking locked, and looks again when it has the mesh to itself.

create function cityops.has_grid_mesh(for_date date) returns boolean language plpgsql as $$
begin
    -- An unlogged table is empty after a crash, whatever its state says.
    return exists (
            select from cityops.grid_mesh_state one
            where one.version = coalesce((select layer.version from cityops.layer where layer.id = 'unit_grids'), 0) and one.on_date = for_date)
        and (exists (select from cityops.grid_mesh) or not exists (select from gis.unit_grids));
end
$$;

create or replace function cityops.refresh_grid_mesh(for_date date default current_date) returns void language plpgsql as $$
declare
    grids_version bigint;
    pad constant double precision := 1e-9; -- degrees; more than rounding can move a point over the edge of its cell
begin
    -- First of all, in whatever transaction: a publication of grids holds them before it asks for the mesh.
    lock table gis.unit_grids in access share mode;
    begin
        if cityops.has_grid_mesh(for_date) then
            return; -- and keeps the locks: nobody takes the mesh away from under its reader
        end if;
        raise exception using errcode = 'CG001', message = 'The mesh of grids is stale.';
    exception when sqlstate 'CG001' then
        null; -- the locks of this block are gone with it
    end;
    lock table cityops.grid_mesh_state;
    if cityops.has_grid_mesh(for_date) then
        return;
    end if;
    grids_version := coalesce((select one.version from cityops.layer one where one.id = 'unit_grids'), 0);
    truncate cityops.grid_mesh;
    insert into cityops.grid_mesh
    select cell, code, count(*) over (partition by cell) = 1 and ST_ContainsProperly(geom, box)
    from (
        select one.code, one.geom, x::bigint * 1048576 + y as cell,
            ST_MakeEnvelope(x / 2000.0 - pad, y / 2000.0 - pad, (x + 1) / 2000.0 + pad, (y + 1) / 2000.0 + pad, 4490) as box
        from gis.unit_grids one,
            generate_series(floor((ST_XMin(geom) - pad) * 2000)::int, floor((ST_XMax(geom) + pad) * 2000)::int) x,
            generate_series(floor((ST_YMin(geom) - pad) * 2000)::int, floor((ST_YMax(geom) + pad) * 2000)::int) y
        where (one.begin_date is null or one.begin_date <= for_date) and (one.end_date is null or one.end_date > for_date)
          and one.status is distinct from '作废'
    ) piece
    where ST_Intersects(geom, box);
    delete from cityops.grid_mesh_state;
    insert into cityops.grid_mesh_state values (grids_version, for_date);
    analyze cityops.grid_mesh;
end
$$;
