-- The lock on rows for scopes of many codes: an array that comes from a select is searched from its beginning for each row, which took a scope of some thousand grids
-- sixteen times a tile's time; a list is hashed. Applied to the tables at every start (LayerTable).
create or replace function cityops.lock_rows(target regclass, is_public boolean) returns void language plpgsql as $$
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
            or community_code in (select unnest(cityops.caller_codes('communities')))
            or grid_code in (select unnest(cityops.caller_codes('grids')))
            or department_code in (select unnest(cityops.caller_departments())))
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
