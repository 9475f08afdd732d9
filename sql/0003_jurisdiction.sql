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

-- Many features by the same rules: source has (row_id bigint, geom, class_code, delivered_department), target becomes an unlogged table of
-- (row_id, grid_code, community_code, subdistrict_code, district_code, department_code). "create table as" may use parallel workers, "insert" may not.
create function cityops.assign_jurisdiction_to(source regclass, target text, on_date date default current_date) returns bigint
language plpgsql as $$
declare
    stamped bigint;
begin
    execute format($sql$
        create unlogged table %s as
        select one.row_id, grid.code as grid_code,
            coalesce(left(grid.code, 12), edge.community_code) as community_code,
            coalesce(left(grid.code, 9), edge.subdistrict_code) as subdistrict_code,
            coalesce(left(grid.code, 6), edge.district_code, '000000') as district_code,
            coalesce(known.code, rule.code) as department_code
        from %s one
        left join gis.departments known on known.code = one.delivered_department
        left join lateral cityops.grid_of(one.geom, %L::date) grid on true
        left join lateral cityops.boundary_of(one.geom, %L::date) edge on grid.code is null
        left join lateral cityops.responsible_department(one.class_code, coalesce(left(grid.code, 6), edge.district_code, '000000')) rule on known.code is null
    $sql$, target, source, on_date, on_date);
    get diagnostics stamped = row_count;
    return stamped;
end
$$;
