-- Devices that report. A device is a feature of the layer "devices"; what it reports comes by devices.take alone, many messages a transaction, which keeps the readings, the last
-- value and state of each device, and its alarms. The feature mirrors the state, so a change of state is a change of the feature, and a message that changes none touches no tile.
create schema devices;
grant usage on schema devices to cityops_caller, cityops_city;

-- What the definitions of kinds say (src/layers/device-kinds/*.json); every start writes both tables anew.
create table devices.kind (
    kind text primary key,
    quiet interval not null
);
comment on column devices.kind.quiet is 'Offline after so long without a message.';

create table devices.rule (
    kind text not null,
    rule text not null,
    quantity text not null,
    is_above boolean not null,
    raise double precision not null,
    clear double precision not null,
    from_time time,
    to_time time,
    case_class text,
    primary key (kind, rule),
    constraint ck_rule_clear check (case when is_above then clear <= raise else clear >= raise end)
);
comment on column devices.rule.raise is 'An alarm is raised beyond it, and cleared at clear or on its far side: between the two nothing changes.';
comment on column devices.rule.from_time is 'The rule holds from then to to_time, the city''s local time; null: always.';
comment on column devices.rule.case_class is 'Class of the case that an alarm files; null: it files none.';

create table devices.reading (
    fid bigint not null,
    at timestamptz not null,
    message text not null,
    received_at timestamptz not null,
    readings jsonb not null,
    positions jsonb,
    constraint pk_reading primary key (fid, at, message)
) partition by range (at);
comment on table devices.reading is 'A partition a day (UTC), dropped as a whole when it is older than what is kept.';
comment on column devices.reading.at is 'By the device''s clock.';
comment on column devices.reading.message is 'The device''s own number of the message, else a hash of what it says: a message that comes twice is one.';
comment on column devices.reading.readings is 'Quantity to number, in the unit of the kind''s definition.';

create table devices.state (
    fid bigint primary key,
    at timestamptz not null,
    received_at timestamptz not null,
    readings jsonb not null,
    is_online boolean not null,
    status text,
    since timestamptz not null,
    constraint ck_state_status check (status in ('online', 'offline', 'alarm'))
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.5);
comment on table devices.state is 'How each device stands now.';
comment on column devices.state.readings is 'The last value of each quantity.';
comment on column devices.state.status is 'alarm outranks the others: a device that raised an alarm and went silent is still in alarm, and is_online says that it is silent.';
-- Few change their state; the rows of those that only report are updated in place.
create index state_status on devices.state (status);

create table devices.alarm (
    id bigint generated always as identity primary key,
    fid bigint not null,
    rule text not null,
    quantity text not null,
    raised_at timestamptz not null,
    value double precision not null,
    threshold double precision not null,
    worst double precision not null,
    cleared_at timestamptz,
    acknowledged_at timestamptz,
    who_id text,
    who text,
    note text,
    case_class text,
    case_fid bigint,
    constraint ck_alarm_note check (length(note) <= 2000)
);
comment on column devices.alarm.cleared_at is 'Null while it is open.';
comment on column devices.alarm.who is 'Who acknowledged it; the name at that time.';
comment on column devices.alarm.case_fid is 'The case that it filed.';
create unique index alarm_open on devices.alarm (fid, rule) where cleared_at is null;
create index alarm_of_device on devices.alarm (fid, raised_at desc);
create index alarm_raised on devices.alarm (raised_at desc, id desc);
create index alarm_unfiled on devices.alarm (id) where case_class is not null and case_fid is null;

-- The readings of a device in order, each over those before.
create aggregate devices.merge(jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}');

create function devices.ensure_day(day date) returns void language plpgsql as $$
declare
    part text := 'reading_' || to_char(day, 'YYYYMMDD');
begin
    if to_regclass('devices.' || part) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('devices.ensure_day'));
    if to_regclass('devices.' || part) is not null then
        return;
    end if;
    -- Attached, as whoever writes readings need not wait for that.
    execute format('create table devices.%I (like devices.reading including defaults including constraints including indexes)', part);
    execute format('alter table devices.reading attach partition devices.%I for values from (%L) to (%L)', part, day || ' 00:00+00', (day + 1) || ' 00:00+00');
end
$$;

-- Drops the days that are older than what is kept; returns how many.
create function devices.drop_before(moment timestamptz) returns integer language plpgsql as $$
declare
    part record;
    dropped integer := 0;
begin
    -- Who reads holds the table for a moment; if it takes longer, the next round drops them.
    perform set_config('lock_timeout', '3s', true);
    for part in
        select one.oid::regclass as name from pg_inherits join pg_class one on one.oid = inhrelid
        where inhparent = 'devices.reading'::regclass and one.relname < 'reading_' || to_char(moment at time zone 'UTC', 'YYYYMMDD')
    loop
        execute format('drop table %s', part.name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

-- How many of the bikes that a device sees stand in its parking fences, and how many beside them; of a device without a fence only how many there are.
create function devices.count_bikes(device bigint, spots jsonb) returns jsonb language plpgsql stable as $$
declare
    fences geometry;
    counted jsonb;
begin
    select ST_Union(fence.geom) into fences from gis.bike_fences fence join gis.devices one on one.device_id = fence.device_id where one.fid = device;
    if fences is null then
        return jsonb_build_object('bikes', jsonb_array_length(spots));
    end if;
    select jsonb_build_object('bikes', count(*), 'inside', count(*) filter (where lies), 'outside', count(*) filter (where not lies)) into counted
    from (select ST_Intersects(fences, ST_SetSRID(ST_MakePoint((spot ->> 0)::float8, (spot ->> 1)::float8), 4490)) as lies from jsonb_array_elements(spots) spot) one;
    return counted;
end
$$;

-- The features of these devices mirror their states. Their history is not touched: the thing did not change.
create function devices.show(changed bigint[]) returns void language plpgsql as $$
declare
    bulk text := current_setting('cityops.bulk', true);
begin
    perform set_config('cityops.bulk', 'on', true);
    update gis.devices one set status = stands.status, last_seen = stands.received_at
    from devices.state stands where stands.fid = one.fid and one.fid = any(changed) and one.status is distinct from stands.status;
    if found then
        perform cityops.touch_layer('devices');
    end if;
    perform set_config('cityops.bulk', coalesce(bulk, 'off'), true);
end
$$;

-- Raises and clears the alarms of new messages, message by message, as one batch may hold several of a device. A message older than what is known changes none.
create function devices.judge(fresh devices.reading[], zone text) returns void language plpgsql as $$
declare
    one record;
begin
    for one in
        select * from (
            select message.fid, message.at, message.message, rule.rule, rule.quantity, rule.is_above, rule.raise, rule.clear, rule.case_class, measured.value, measured.applies,
                measured.applies and case when rule.is_above then measured.value > rule.raise else measured.value < rule.raise end as is_beyond,
                bool_or(case when rule.is_above then measured.value > rule.raise else measured.value < rule.raise end) over (partition by message.fid, rule.rule) as has_beyond
            from unnest(fresh) message
            join gis.devices device on device.fid = message.fid
            join devices.rule rule on rule.kind = device.kind and message.readings ? rule.quantity
            left join devices.state stands on stands.fid = message.fid
            cross join lateral (
                select (message.readings ->> rule.quantity)::float8 as value, case
                    when rule.from_time is null then true
                    when rule.from_time < rule.to_time then clock >= rule.from_time and clock < rule.to_time
                    else clock >= rule.from_time or clock < rule.to_time end as applies
                from (select (message.at at time zone zone)::time as clock) local
            ) measured
            where stands.at is null or message.at >= stands.at
        ) judged
        where has_beyond or exists (select from devices.alarm alarm where alarm.fid = judged.fid and alarm.rule = judged.rule and alarm.cleared_at is null)
        order by fid, at, message
    loop
        if one.is_beyond then
            update devices.alarm alarm set worst = case when one.is_above then greatest(alarm.worst, one.value) else least(alarm.worst, one.value) end
            where alarm.fid = one.fid and alarm.rule = one.rule and alarm.cleared_at is null;
            if not found then
                insert into devices.alarm (fid, rule, quantity, raised_at, value, threshold, worst, case_class)
                values (one.fid, one.rule, one.quantity, one.at, one.value, one.raise, one.value, one.case_class)
                on conflict (fid, rule) where cleared_at is null do nothing;
            end if;
        elsif not one.applies or (case when one.is_above then one.value <= one.clear else one.value >= one.clear end) then
            update devices.alarm alarm set cleared_at = one.at where alarm.fid = one.fid and alarm.rule = one.rule and alarm.cleared_at is null;
        end if;
    end loop;
end
$$;

-- Takes messages: keeps those that are new, and says of each whether it was. Whoever sent them is told after the commit.
-- zone: the city's, for rules that hold at certain hours.
create function devices.take(sent_fids bigint[], sent_times timestamptz[], sent_messages text[], sent_readings jsonb[], sent_positions jsonb[], zone text) returns boolean[] language plpgsql as $$
declare
    fresh devices.reading[];
    changed bigint[];
    day date;
    now_is timestamptz := clock_timestamp();
begin
    for day in select distinct (one at time zone 'UTC')::date from unnest(sent_times) one loop
        perform devices.ensure_day(day);
    end loop;
    with written as (
        insert into devices.reading (fid, at, message, received_at, readings, positions)
        select sent.fid, sent.at, sent.message, now_is, case when sent.positions is null then sent.readings else sent.readings || devices.count_bikes(sent.fid, sent.positions) end, sent.positions
        from unnest(sent_fids, sent_times, sent_messages, sent_readings, sent_positions) sent(fid, at, message, readings, positions)
        order by sent.fid, sent.at, sent.message
        on conflict do nothing
        returning *
    )
    select array_agg(row(one.fid, one.at, one.message, one.received_at, one.readings, one.positions)::devices.reading) into fresh from written one;
    if fresh is null then
        return array_fill(false, array[cardinality(sent_fids)]);
    end if;
    perform devices.judge(fresh, zone);
    insert into devices.state as known (fid, at, received_at, readings, is_online, since)
    select message.fid, max(message.at), now_is, coalesce(devices.merge(message.readings order by message.at, message.message) filter (where stands.at is null or message.at >= stands.at), '{}'), true, now_is
    from unnest(fresh) message left join devices.state stands on stands.fid = message.fid
    group by message.fid order by message.fid
    on conflict (fid) do update set
        at = greatest(known.at, excluded.at), received_at = excluded.received_at, readings = known.readings || excluded.readings, is_online = true;
    with moved as (
        update devices.state known set status = stands.status, since = now_is
        from (
            select reporting.fid, case when exists (select from devices.alarm alarm where alarm.fid = reporting.fid and alarm.cleared_at is null) then 'alarm' else 'online' end as status
            from (select distinct message.fid from unnest(fresh) message) reporting
        ) stands
        where known.fid = stands.fid and known.status is distinct from stands.status
        returning known.fid
    )
    select array_agg(fid) into changed from moved;
    if changed is not null then
        perform devices.show(changed);
    end if;
    -- Of a message that is twice in one batch the first was new.
    return array(
        select was_new.fid is not null and row_number() over (partition by sent.fid, sent.at, sent.message order by sent.place) = 1
        from unnest(sent_fids, sent_times, sent_messages) with ordinality sent(fid, at, message, place)
        left join (select message.fid, message.at, message.message from unnest(fresh) message) was_new on was_new.fid = sent.fid and was_new.at = sent.at and was_new.message = sent.message
        order by sent.place
    );
end
$$;

-- Devices that have been silent for too long are offline; returns how many that became. Silence counts from when somebody listens.
create function devices.sweep(listening_since timestamptz) returns integer language plpgsql as $$
declare
    changed bigint[];
begin
    with silent as (
        update devices.state known set is_online = false,
            status = case when known.status = 'alarm' then 'alarm' else 'offline' end, since = case when known.status = 'alarm' then known.since else clock_timestamp() end
        from gis.devices one left join devices.kind kind on kind.kind = one.kind
        where one.fid = known.fid and known.is_online and greatest(known.received_at, listening_since) < clock_timestamp() - coalesce(kind.quiet, interval '15 minutes')
        returning known.fid
    )
    select array_agg(fid) into changed from silent;
    if changed is null then
        return 0;
    end if;
    perform devices.show(changed);
    return cardinality(changed);
end
$$;

-- Alarms of rules that are no more end; their devices are shown as they stand then.
create function devices.end_orphans() returns void language plpgsql as $$
declare
    changed bigint[];
begin
    update devices.alarm alarm set cleared_at = clock_timestamp()
    where alarm.cleared_at is null
      and not exists (select from gis.devices one join devices.rule rule on rule.kind = one.kind where one.fid = alarm.fid and rule.rule = alarm.rule);
    with moved as (
        update devices.state known set status = case when known.is_online then 'online' else 'offline' end, since = clock_timestamp()
        where known.status = 'alarm' and not exists (select from devices.alarm alarm where alarm.fid = known.fid and alarm.cleared_at is null)
        returning known.fid
    )
    select array_agg(fid) into changed from moved;
    if changed is not null then
        perform devices.show(changed);
    end if;
end
$$;

-- Before a row of the layer is written, by whatever path: a device that reports has the state that it reports.
create function devices.mirror() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    known devices.state;
begin
    select * into known from devices.state one where one.fid = new.fid;
    if known.status is not null then
        new.status := known.status;
        new.last_seen := known.received_at;
    end if;
    return new;
end
$$;

-- Puts the mirror on the layer's table and the locks on what devices report; running it again changes nothing.
create function devices.attach() returns void language plpgsql as $$
declare
    target text;
begin
    create or replace trigger a_mirror before insert or update on gis.devices for each row execute function devices.mirror();
    create index if not exists devices_status on gis.devices (status);
    foreach target in array array['devices.reading', 'devices.state', 'devices.alarm'] loop
        -- Not forced on the owner: he sees all anyway.
        execute format('alter table %s enable row level security', target);
        execute format('drop policy if exists caller on %s', target);
        execute format('drop policy if exists city on %s', target);
        -- Who sees a device sees what it reports: the layer's own policies decide.
        execute format('create policy caller on %s to cityops_caller using (exists (select from gis.devices one where one.fid = %s.fid))', target, target);
        execute format('create policy city on %s to cityops_city using (true)', target);
        execute format('grant select on %s to cityops_caller, cityops_city', target);
    end loop;
    -- People acknowledge alarms; nothing else of what devices say is theirs to change.
    grant update (acknowledged_at, who_id, who, note) on devices.alarm to cityops_caller, cityops_city;
end
$$;
grant select on devices.kind, devices.rule to cityops_caller, cityops_city;
