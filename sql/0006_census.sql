-- True when a delivered geometry lies elsewhere than the stored one: more than 1e-7 degrees, about a centimetre, which is what text formats round to.
create function cityops.has_moved(stored geometry, delivered geometry) returns boolean language sql immutable parallel safe as $$
    select case
        when stored is null or delivered is null then stored is distinct from delivered
        when ST_OrderingEquals(stored, delivered) then false
        when ST_GeometryType(stored) = 'ST_Point' and ST_GeometryType(delivered) = 'ST_Point'
            then greatest(abs(ST_X(stored) - ST_X(delivered)), abs(ST_Y(stored) - ST_Y(delivered))) > 1e-7
        when ST_Dimension(stored) <> ST_Dimension(delivered) then true
        else ST_HausdorffDistance(stored, delivered) > 1e-7
    end
$$;

-- The spine belongs where its own codes say; the set-wise twin of stamp_spine_row. Source has (row_id, code).
create function cityops.stamp_spine_to(layer_id text, source regclass, target text) returns void language plpgsql as $$
begin
    execute format($sql$
        create unlogged table %s as
        select row_id, case when %L = 'unit_grids' then code end as grid_code,
            case when length(code) >= 12 and %L <> 'departments' then left(code, 12) end as community_code,
            case when length(code) >= 9 and %L <> 'departments' then left(code, 9) end as subdistrict_code,
            case when length(code) >= 6 and %L <> 'departments' then left(code, 6) else '000000' end as district_code,
            null::text as department_code, false as differs
        from %s
    $sql$, target, layer_id, layer_id, layer_id, layer_id, source);
end
$$;

-- Drops every table that a batch has in the staging schema.
create function cityops.drop_staging(batch_id bigint) returns void language plpgsql as $$
declare
    one record;
begin
    for one in
        select relname, relkind from pg_class join pg_namespace n on n.oid = relnamespace
        where nspname = 'staging' and relkind in ('r', 'v') and relname like format('b%s\_%%', batch_id)
        order by relkind desc -- views first
    loop
        execute format('drop %s if exists staging.%I cascade', case one.relkind when 'v' then 'view' else 'table' end, one.relname);
    end loop;
end
$$;
