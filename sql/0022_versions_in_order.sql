-- The clock of a database server may be set back. A version of a feature begins after the one before it all the same, and that one ends when it begins: histories
-- stay in order, without a gap and without an overlap.
create function cityops.moment_after(earlier timestamptz) returns timestamptz language sql volatile as $$
    select greatest(clock_timestamp(), earlier + interval '1 microsecond')
$$;

-- As in 0004, but who makes the next version says when this one ended.
drop function cityops.keep_version(text, anyelement, text);
create function cityops.keep_version(layer text, version anyelement, change text, ended timestamptz) returns void language plpgsql as $$
declare
    columns text;
    fields text;
begin
    select string_agg(quote_ident(attname), ', ' order by attnum), string_agg(format('($1).%I', attname), ', ' order by attnum) into columns, fields
    from pg_attribute where attrelid = format('gis.%I', layer)::regclass and attnum > 0 and not attisdropped;
    execute format('insert into gis.%I (%s, valid_to, change) select %s, $3, $2', layer || '_history', columns, fields) using version, change, ended;
end
$$;

create or replace function cityops.stamp_spine_row() returns trigger language plpgsql as $$
begin
    if current_setting('cityops.bulk', true) = 'on' then
        return new;
    end if;
    new.grid_code := case when tg_argv[0] = 'unit_grids' then new.code end;
    new.community_code := case when length(new.code) >= 12 and tg_argv[0] <> 'departments' then left(new.code, 12) end;
    new.subdistrict_code := case when length(new.code) >= 9 and tg_argv[0] <> 'departments' then left(new.code, 9) end;
    new.district_code := case when length(new.code) >= 6 and tg_argv[0] <> 'departments' then left(new.code, 6) else '000000' end;
    if tg_op = 'UPDATE' then
        new.valid_from := cityops.moment_after(old.valid_from);
        perform cityops.keep_version(tg_argv[0], old, 'changed', new.valid_from);
    end if;
    return new;
end
$$;

create or replace function cityops.keep_deleted() returns trigger language plpgsql as $$
begin
    if current_setting('cityops.bulk', true) = 'on' then
        return null;
    end if;
    if current_setting('cityops.moving', true) = old.fid::text then
        perform set_config('cityops.moving', '', true);
        return null;
    end if;
    perform cityops.keep_version(tg_argv[0], old, 'deleted', cityops.moment_after(old.valid_from));
    return null;
end
$$;

-- As in 0010 otherwise.
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
        new.valid_from := cityops.moment_after(old.valid_from);
        perform cityops.keep_version(tg_argv[0], old, case
            when new.status is distinct from old.status and new.status = (select definition ->> 'removedStatus' from cityops.layer where id = tg_argv[0]) then 'removed'
            when fields ? 'geom' and not ST_OrderingEquals(old.geom, new.geom) then 'moved'
            else 'changed' end, new.valid_from);
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
