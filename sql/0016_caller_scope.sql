-- The second lock on features: row-level security for the roles that the product takes on for a caller. The first is the scope that stands in every statement
-- (QueryCompiler); a statement that forgot it gets the rows of the caller's scope all the same, and without a caller none.
-- cityops_caller sees the scope the connection was told. cityops_city sees the whole city: its policy is a constant, so that plans are those of a table without one.

-- Roles belong to the whole cluster: another database of it may have made them, or make them at this moment.
do $$
declare
    name text;
begin
    foreach name in array array['cityops_caller', 'cityops_city'] loop
        -- Where a database administrator made them (./cityops roles), nobody else needs the right to make roles.
        if not exists (select from pg_roles where rolname = name) then
            begin
                execute format('create role %I nologin', name);
            exception when duplicate_object or unique_violation then
                null;
            end;
        end if;
        if not pg_has_role(current_user, name, 'member') then
            execute format('grant %I to %I', name, current_user);
        end if;
    end loop;
end
$$;

grant usage on schema gis, cityops to cityops_caller, cityops_city;
grant select, insert, update, delete on all tables in schema cityops to cityops_caller, cityops_city;
grant usage, select on all sequences in schema cityops to cityops_caller, cityops_city;
alter default privileges in schema cityops grant select, insert, update, delete on tables to cityops_caller, cityops_city;
alter default privileges in schema cityops grant usage, select on sequences to cityops_caller, cityops_city;

-- The codes of a level that the caller may see, as the connection was told (CallerDatabase): cityops.scope is {"districts":["350203"],…}, or nothing.
create function cityops.caller_codes(level text) returns text[] language plpgsql stable as $$
declare
    scope text := current_setting('cityops.scope', true);
begin
    if coalesce(scope, '') = '' then
        return '{}';
    end if;
    return array(select jsonb_array_elements_text(scope::jsonb -> level));
end
$$;

create function cityops.caller_departments() returns text[] language sql stable as $$
    select coalesce(cityops.departments_below(cityops.caller_codes('departments')), '{}')
$$;

-- Where a feature belongs, and what stands below a department, does not depend on who asks.
alter function cityops.assign_jurisdiction(geometry, text, text, date) security definer set search_path = public, pg_temp;
alter function cityops.departments_below(text[]) security definer set search_path = public, pg_temp;

-- Locks a layer's table or its history; of a public one everybody sees the rows and changes those of his scope. The selects are worked out once for a statement.
-- Who owns the table, and follows or imports, sees everything.
create function cityops.lock_rows(target regclass, is_public boolean) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('drop policy if exists caller on %s', target);
    execute format('drop policy if exists city on %s', target);
    execute format('drop policy if exists product on %s', target);
    execute format($policy$
        create policy caller on %s to cityops_caller using (
            district_code = any((select cityops.caller_codes('districts'))::text[])
            or subdistrict_code = any((select cityops.caller_codes('subdistricts'))::text[])
            or community_code = any((select cityops.caller_codes('communities'))::text[])
            or grid_code = any((select cityops.caller_codes('grids'))::text[])
            or department_code = any((select cityops.caller_departments())::text[]))
        $policy$, target);
    execute format('drop policy if exists everybody on %s', target);
    if is_public then
        execute format('create policy everybody on %s for select to cityops_caller using (true)', target);
    end if;
    execute format('create policy city on %s to cityops_city using (true)', target);
    execute format('create policy product on %s to %I using (true)', target, current_user);
    execute format('grant select, insert, update, delete on %s to cityops_caller, cityops_city', target);
end
$$;

-- PostgreSQL uses a condition for an index of a locked table only where the condition gives nothing away. Whether two boxes overlap does not: the operator raises no
-- error and tells nobody. Without this a tile's statement reads the whole table. Only a superuser may say so; an extension's update forgets it, so it is said at every start.
create function cityops.mark_overlap_leakproof() returns boolean language plpgsql as $$
begin
    if (select proleakproof from pg_proc where oid = 'geometry_overlaps(geometry,geometry)'::regprocedure) then
        return true;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        return false;
    end if;
    alter function geometry_overlaps(geometry, geometry) leakproof;
    return true;
end
$$;

-- Is a key taken by another feature, wherever it lies? A key is one of the whole layer, also for a caller who does not see who has it.
create function cityops.key_is_taken(layer text, key_column text, key text, except_fid bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    taken boolean;
begin
    execute format('select exists (select from gis.%I where %I = $1 and fid is distinct from $2)', layer, key_column) into taken using key, except_fid;
    return taken;
end
$$;
