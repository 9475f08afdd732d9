-- What tile nodes need to follow the layers by logical replication.

-- A write that replication does not carry (a partition that is attached with its rows, a truncated partition) says so here: followers load the layer anew.
alter table cityops.layer add column reload_version bigint not null default 0;
comment on column cityops.layer.reload_version is 'The version whose features did not come by logical replication; a follower that sees it change copies the layer again.';

-- For whoever changed a layer's table behind the product's back, by detaching a partition for instance.
create function cityops.reload_layer(layer_id text) returns void language sql as $$
    update cityops.layer set version = version + 1, reload_version = version + 1, changed_at = clock_timestamp() where id = layer_id
$$;

-- Replication by the partitioned table does not carry the truncation of one of its partitions.
create function cityops.reload_layer_of_partition() returns trigger language plpgsql as $$
begin
    perform cityops.reload_layer(tg_argv[0]);
    return null;
end
$$;

-- Statement triggers do not pass on to partitions; a statement that names a partition must count the layer's version up too.
create function cityops.watch_partition(layer text, part regclass) returns void language plpgsql as $$
begin
    execute format('create or replace trigger c_touch after insert or update or delete on %s for each statement execute function cityops.touch_layer_of_table(%L)', part, layer);
    execute format('create or replace trigger d_reload after truncate on %s for each statement execute function cityops.reload_layer_of_partition(%L)', part, layer);
end
$$;

-- As before, but the rows go into the partition after it is attached: before, they would not be rows of the layer and replication would not carry them.
create or replace function cityops.ensure_partition(layer text, district text) returns void language plpgsql as $$
declare
    parent text := format('gis.%I', layer);
    part text := format('gis.%I', layer || '_d' || district);
    rest text := format('gis.%I', layer || '_other');
    bulk text := current_setting('cityops.bulk', true);
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
    -- The rows move, they do not change: neither history nor stamps.
    perform set_config('cityops.bulk', 'on', true);
    execute format('create temporary table moving_to_partition on commit drop as select * from %s where district_code = %L', rest, district);
    execute format('delete from %s where district_code = %L', rest, district);
    execute format('create table %s (like %s including defaults including constraints including indexes)', part, parent);
    execute format('alter table %s attach partition %s for values in (%L)', parent, part, district);
    execute format('insert into %s select * from moving_to_partition', part);
    if exists (select from moving_to_partition) then
        perform cityops.touch_layer(layer);
    end if;
    drop table moving_to_partition;
    perform cityops.watch_partition(layer, part::regclass);
    perform set_config('cityops.bulk', coalesce(bulk, 'off'), true);
end
$$;

-- Partitions that are there already.
do $$
declare
    one record;
begin
    for one in
        select layer.id, tree.relid
        from cityops.layer layer, pg_partition_tree(to_regclass(format('gis.%I', layer.id))) tree
        where tree.isleaf and tree.level > 0
    loop
        perform cityops.watch_partition(one.id, one.relid);
    end loop;
end
$$;
