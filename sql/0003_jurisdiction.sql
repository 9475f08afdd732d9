-- The spine's tables come from their definitions, after the migrations.
set local check_function_bodies = off;

-- The one place that says where a feature belongs. The layer tables of the spine are made from their definitions before any of this is called.

-- The unit grid of a geometry on a day. A point on a shared edge belongs to the lower code; a line to the grid that holds most of its length, a polygon
-- to the one that holds most of its area; shares equal to a millionth are a tie, which again goes to the lower code.
-- Returns a row or none, so that it can stand in a lateral join, where PostgreSQL folds it into the statement.
create function cityops.grid_of(place geometry, on_date date) returns table (code text)
language sql stable parallel safe as $$
    select one.code
    from gis.unit_grids one
    where ST_Intersects(one.geom, place)
      and (one.begin_date is null or one.begin_date <= on_date)
      and (one.end_date is null or one.end_date > on_date)
      and one.status is distinct from '作废'
    order by
        case ST_Dimension(place)
            when 1 then -round((ST_Length(ST_Intersection(one.geom, place)) / nullif(ST_Length(place), 0))::numeric, 6)
            when 2 then -round((ST_Area(ST_Intersection(one.geom, place)) / nullif(ST_Area(place), 0))::numeric, 6)
        end,
        one.code collate "C"
    limit 1
$$;

-- The smallest boundary that holds a place which no grid holds. A place on an edge belongs to the lower code.
create function cityops.boundary_of(place geometry, on_date date) returns table (community_code text, subdistrict_code text, district_code text)
language sql stable parallel safe as $$
    select community, coalesce(left(community, 9), subdistrict), coalesce(left(community, 6), left(subdistrict, 6), district)
    from (select
        (select one.code from gis.communities one where ST_Intersects(one.geom, spot) and (one.begin_date is null or one.begin_date <= on_date)
            and (one.end_date is null or one.end_date > on_date) order by one.code collate "C" limit 1) as community,
        (select one.code from gis.subdistricts one where ST_Intersects(one.geom, spot) and (one.begin_date is null or one.begin_date <= on_date)
            and (one.end_date is null or one.end_date > on_date) order by one.code collate "C" limit 1) as subdistrict,
        (select one.code from gis.districts one where ST_Intersects(one.geom, spot) and (one.begin_date is null or one.begin_date <= on_date)
            and (one.end_date is null or one.end_date > on_date) order by one.code collate "C" limit 1) as district
        from (select case when ST_Dimension(place) = 0 then place else ST_PointOnSurface(place) end as spot) at
    ) found
    where community is not null or subdistrict is not null or district is not null
$$;

-- The department that a class of things falls to: the longest prefix first, and the district's own rule before the city's.
create function cityops.responsible_department(class_code text, district text) returns table (code text)
language sql stable parallel safe as $$
    select rule.department_code
    from cityops.responsibility rule
    where starts_with(class_code, rule.class_prefix) and (rule.district_code is null or rule.district_code = district)
    order by length(rule.class_prefix) desc, rule.district_code nulls last
    limit 1
$$;

-- One feature. A place outside every grid keeps its boundary levels; outside those too, the district is '000000'.
create function cityops.assign_jurisdiction(place geometry, class_code text, delivered_department text, on_date date default current_date,
    out grid_code text, out community_code text, out subdistrict_code text, out district_code text, out department_code text)
language plpgsql stable as $$
begin
    select one.code into grid_code from cityops.grid_of(place, on_date) one;
    if grid_code is not null then
        community_code := left(grid_code, 12);
        subdistrict_code := left(grid_code, 9);
        district_code := left(grid_code, 6);
    else
        select one.community_code, one.subdistrict_code, one.district_code into community_code, subdistrict_code, district_code
        from cityops.boundary_of(place, on_date) one;
    end if;
    district_code := coalesce(district_code, '000000');
    select coalesce(
        (select one.code from gis.departments one where one.code = delivered_department limit 1),
        (select one.code from cityops.responsible_department(class_code, district_code) one))
    into department_code;
end
$$;


-- A mesh of 0.0005° cells (about 50 m) over the unit grids: a point finds the grids of its cell by number in a hash join, which takes a tenth of the time of
-- a look-up in a spatial index for every point. Derived from gis.unit_grids; made anew when their version or the day changes.
-- "sole": the cell lies well inside its only grid, so no geometry need be asked.
create unlogged table cityops.grid_mesh (
    cell bigint not null,
    code text not null,
    sole boolean not null
);
create table cityops.grid_mesh_state (version bigint not null, on_date date not null);

-- Not x << 32 + y: PostgreSQL hashes the two halves of a bigint as their exclusive or, and x ^ y collides all over a city.
create function cityops.mesh_cell(place geometry) returns bigint language sql immutable parallel safe as $$
    select floor(ST_X(place) * 2000)::bigint * 1048576 + floor(ST_Y(place) * 2000)::bigint
$$;

create function cityops.refresh_grid_mesh(for_date date default current_date) returns void language plpgsql as $$
declare
    grids_version bigint := coalesce((select one.version from cityops.layer one where one.id = 'unit_grids'), 0);
    pad constant double precision := 1e-9; -- degrees; more than rounding can move a point over the edge of its cell
begin
    -- An unlogged table is empty after a crash, whatever its state says.
    if exists (select from cityops.grid_mesh_state one where one.version = grids_version and one.on_date = for_date)
        and (exists (select from cityops.grid_mesh) or not exists (select from gis.unit_grids)) then
        return;
    end if;
    lock table cityops.grid_mesh_state;
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

-- Many features by the same rules: source has (row_id bigint, geom, class_code, delivered_department, delivered_grid, delivered_division), target becomes an
-- unlogged table of (row_id, grid_code, community_code, subdistrict_code, district_code, department_code, differs). "differs": the feature lies outside every
-- grid, or the delivery says another grid or division than it lies in. "create table as" may use parallel workers, "insert" may not.
create function cityops.assign_jurisdiction_to(source regclass, target text, on_date date default current_date) returns bigint
language plpgsql set work_mem = '256MB' as $$
declare
    stamped bigint;
    expected bigint;
begin
    perform cityops.refresh_grid_mesh(on_date);
    execute format($sql$
        create unlogged table %1$s as
        select placed.row_id, placed.grid_code, left(placed.grid_code, 12) as community_code, left(placed.grid_code, 9) as subdistrict_code,
            coalesce(left(placed.grid_code, 6), '000000') as district_code, known.code as department_code,
            placed.grid_code is null or placed.delivered_grid <> placed.grid_code or not starts_with(placed.grid_code, placed.delivered_division) as differs
        from (
            select one.row_id, one.delivered_department, one.delivered_grid, one.delivered_division, near.code as grid_code
            from %2$s one
            left join (
                select mesh.cell, mesh.code, mesh.sole, grid.geom
                from cityops.grid_mesh mesh
                left join gis.unit_grids grid on grid.code = mesh.code and not mesh.sole
                    and (grid.begin_date is null or grid.begin_date <= %3$L::date) and (grid.end_date is null or grid.end_date > %3$L::date)
            ) near on near.cell = cityops.mesh_cell(one.geom) and (near.sole or ST_Intersects(near.geom, one.geom))
            where ST_GeometryType(one.geom) = 'ST_Point'
            union all
            select one.row_id, one.delivered_department, one.delivered_grid, one.delivered_division, grid.code
            from %2$s one
            left join lateral cityops.grid_of(one.geom, %3$L::date) grid on true
            where ST_GeometryType(one.geom) <> 'ST_Point' or one.geom is null
        ) placed
        left join gis.departments known on known.code = placed.delivered_department
    $sql$, target, source, on_date);
    get diagnostics stamped = row_count;
    execute format('select count(*) from %s', source) into expected;
    if stamped > expected then
        -- A point on a shared edge was found in each of its grids; the lower code keeps it.
        execute format($sql$
            delete from %1$s stamped
            using (select row_id, min(grid_code collate "C") as lowest from %1$s group by row_id having count(*) > 1) tie
            where stamped.row_id = tie.row_id and stamped.grid_code <> tie.lowest
        $sql$, target);
    end if;
    -- The few outside every grid ask the boundaries. A statement of its own: as a lateral join it would run for every row.
    execute format($sql$
        update %1$s stamped
        set community_code = edge.community_code, subdistrict_code = edge.subdistrict_code, district_code = coalesce(edge.district_code, '000000')
        from %2$s one cross join lateral cityops.boundary_of(one.geom, %3$L::date) edge
        where stamped.grid_code is null and one.row_id = stamped.row_id and one.geom is not null
    $sql$, target, source, on_date);
    if exists (select from cityops.responsibility) then
        execute format($sql$
            update %1$s stamped
            set department_code = rule.department_code
            from %2$s one, (
                select pair.class_code, pair.district_code, found.code as department_code
                from (select distinct one.class_code, other.district_code from %1$s other join %2$s one using (row_id) where other.department_code is null) pair
                cross join lateral cityops.responsible_department(pair.class_code, pair.district_code) found
            ) rule
            where stamped.department_code is null and one.row_id = stamped.row_id
              and one.class_code = rule.class_code and stamped.district_code = rule.district_code
        $sql$, target, source);
    end if;
    return expected;
end
$$;
