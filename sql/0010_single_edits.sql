-- As in 0008, but a single write that gives a feature its layer's state for removed ones is kept in the history as a removal, as an import keeps it.
create or replace function cityops.stamp_row() returns trigger language plpgsql as $$
declare
    found record;
    fields jsonb;
    routed_by text := new.district_code;
begin
    if current_setting('cityops.bulk', true) = 'on' then
        return new;
    end if;
    fields := to_jsonb(new);
    select * into found
    from cityops.assign_jurisdiction(case when fields ? 'geom' then new.geom end, new.class_code, nullif(fields ->> tg_argv[1], ''));
    new.grid_code := found.grid_code;
    new.community_code := found.community_code;
    new.subdistrict_code := found.subdistrict_code;
    new.district_code := found.district_code;
    new.department_code := found.department_code;
    if tg_op = 'UPDATE' then
        new.valid_from := clock_timestamp();
        perform cityops.keep_version(tg_argv[0], old, case
            when new.status is distinct from old.status and new.status = (select definition ->> 'removedStatus' from cityops.layer where id = tg_argv[0]) then 'removed'
            when fields ? 'geom' and not ST_OrderingEquals(old.geom, new.geom) then 'moved'
            else 'changed' end);
        if new.district_code <> old.district_code then
            -- The row changes its partition, which PostgreSQL does as a deletion and an insertion; that deletion is none.
            perform set_config('cityops.moving', old.fid::text, true);
        end if;
    elsif new.district_code <> routed_by and tg_table_name <> tg_argv[0] then
        perform set_config('cityops.bulk', 'on', true);
        execute format('insert into gis.%I select ($1).*', tg_argv[0]) using new;
        perform set_config('cityops.bulk', 'off', true);
        return null;
    end if;
    return new;
end
$$;
