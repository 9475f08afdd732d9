-- Functions that the tables of layers share. The tables themselves are made from definitions (LayerTable).

-- Before a single row is written: stamp its jurisdiction. Bulk writers have stamped set-wise and say so with "set local cityops.bulk = 'on'".
-- Arguments: the layer; the name of the field with the delivered department, or '' for none.
-- PostgreSQL routes a row to its partition before this trigger runs and does not let the trigger move it. A row that came with another district than
-- the one it lies in is therefore put where it belongs here, and the original write is skipped; FeatureStore asks for the district first.
create function cityops.stamp_row() returns trigger language plpgsql as $$
declare
    found record;
    fields jsonb := to_jsonb(new);
    routed_by text := new.district_code;
begin
    if current_setting('cityops.bulk', true) = 'on' then
        return new;
    end if;
    select * into found
    from cityops.assign_jurisdiction(case when fields ? 'geom' then new.geom end, new.class_code, nullif(fields ->> tg_argv[1], ''));
    new.grid_code := found.grid_code;
    new.community_code := found.community_code;
    new.subdistrict_code := found.subdistrict_code;
    new.district_code := found.district_code;
    new.department_code := found.department_code;
    if tg_op = 'UPDATE' then
        new.valid_from := clock_timestamp();
        perform cityops.keep_version(tg_argv[0], old,
            case when fields ? 'geom' and not ST_OrderingEquals(old.geom, new.geom) then 'moved' else 'changed' end);
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

-- Writes a version of a row to its layer's history; columns go by name, as a definition may have grown since the tables were made.
create function cityops.keep_version(layer text, version anyelement, change text) returns void language plpgsql as $$
declare
    columns text;
    fields text;
begin
    select string_agg(quote_ident(attname), ', ' order by attnum), string_agg(format('($1).%I', attname), ', ' order by attnum) into columns, fields
    from pg_attribute where attrelid = format('gis.%I', layer)::regclass and attnum > 0 and not attisdropped;
    execute format('insert into gis.%I (%s, valid_to, change) select %s, clock_timestamp(), $2', layer || '_history', columns, fields) using version, change;
end
$$;

-- The spine stamps itself by its own codes: a grid lies in itself. Argument: the layer.
create function cityops.stamp_spine_row() returns trigger language plpgsql as $$
begin
    if current_setting('cityops.bulk', true) = 'on' then
        return new;
    end if;
    new.grid_code := case when tg_argv[0] = 'unit_grids' then new.code end;
    new.community_code := case when length(new.code) >= 12 and tg_argv[0] <> 'departments' then left(new.code, 12) end;
    new.subdistrict_code := case when length(new.code) >= 9 and tg_argv[0] <> 'departments' then left(new.code, 9) end;
    new.district_code := case when length(new.code) >= 6 and tg_argv[0] <> 'departments' then left(new.code, 6) else '000000' end;
    if tg_op = 'UPDATE' then
        new.valid_from := clock_timestamp();
        perform cityops.keep_version(tg_argv[0], old, 'changed');
    end if;
    return new;
end
$$;

-- After a single row was deleted: its last version goes to the history.
create function cityops.keep_deleted() returns trigger language plpgsql as $$
begin
    if current_setting('cityops.bulk', true) = 'on' then
        return null;
    end if;
    if current_setting('cityops.moving', true) = old.fid::text then
        perform set_config('cityops.moving', '', true);
        return null;
    end if;
    perform cityops.keep_version(tg_argv[0], old, 'deleted');
    return null;
end
$$;

create function cityops.touch_layer_of_table() returns trigger language plpgsql as $$
begin
    if current_setting('cityops.bulk', true) is distinct from 'on' then
        perform cityops.touch_layer(tg_argv[0]);
    end if;
    return null;
end
$$;

-- Gives a district a partition of its own and moves its rows there from the default partition.
create function cityops.ensure_partition(layer text, district text) returns void language plpgsql as $$
declare
    parent text := format('gis.%I', layer);
    part text := format('gis.%I', layer || '_d' || district);
    rest text := format('gis.%I', layer || '_other');
begin
    if district !~ '^[0-9A-Za-z]{1,12}$' then
        raise exception 'District code % cannot name a partition.', district;
    end if;
    if to_regclass(part) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('cityops.ensure_partition ' || layer));
    if to_regclass(part) is not null then
        return;
    end if;
    execute format('create table %s (like %s including defaults including constraints including indexes)', part, parent);
    execute format('with moved as (delete from %s where district_code = %L returning *) insert into %s select * from moved', rest, district, part);
    execute format('alter table %s attach partition %s for values in (%L)', parent, part, district);
end
$$;

-- Stamps a layer's features in an area again after grids or boundaries changed; returns how many changed. Their history is not touched: the thing did not change.
create function cityops.restamp(layer_id text, area geometry) returns bigint language plpgsql as $$
declare
    changed bigint;
    source text := format('staging.%I', 'restamp_' || layer_id);
    target text := format('staging.%I', 'restamped_' || layer_id);
    department text;
begin
    select coalesce(definition ->> 'departmentField', '') into department from cityops.layer where id = layer_id;
    perform set_config('cityops.bulk', 'on', true);
    execute format('drop table if exists %s, %s', source, target);
    execute format('create unlogged table %s as select fid as row_id, district_code as old_district, geom, class_code, %s as delivered_department, null::text as delivered_grid, null::text as delivered_division from gis.%I where geom && $1 and ST_Intersects(geom, $1)',
        source, case when department = '' then 'null::text' else format('%I', department) end, layer_id) using area;
    perform cityops.assign_jurisdiction_to(source::regclass, target);
    execute format($sql$
        update gis.%I one set grid_code = new.grid_code, community_code = new.community_code, subdistrict_code = new.subdistrict_code,
            district_code = new.district_code, department_code = new.department_code
        from %s new join %s old using (row_id)
        where one.fid = new.row_id and one.district_code = old.old_district
          and (one.grid_code, one.community_code, one.subdistrict_code, one.district_code, one.department_code)
            is distinct from (new.grid_code, new.community_code, new.subdistrict_code, new.district_code, new.department_code)
    $sql$, layer_id, target, source);
    get diagnostics changed = row_count;
    execute format('drop table %s, %s', source, target);
    if changed > 0 then
        perform cityops.touch_layer(layer_id);
    end if;
    perform set_config('cityops.bulk', 'off', true);
    return changed;
end
$$;
