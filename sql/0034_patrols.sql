-- Patrols (巡查). Phones of grid staff send where they were (cityops.track_point); what follows from that, day by day and grid by grid, is worked out when somebody asks and something
-- has come since (cityops.refresh_visits): points may come late, out of order and twice. Places of people at work are theirs, and for those who supervise within their scope.

create table cityops.track_point (
    person_id text not null,
    at timestamptz not null,
    geom geometry(Point, 4490) not null,
    accuracy_m real,
    grid_code text,
    constraint pk_track_point primary key (person_id, at),
    constraint ck_track_point_accuracy_m check (accuracy_m >= 0)
) partition by range (at);
comment on table cityops.track_point is 'A partition a month (UTC), dropped as a whole when it is older than what is kept.';
comment on column cityops.track_point.accuracy_m is 'Radius within which the place lies, as the phone says; null where it does not say.';
comment on column cityops.track_point.grid_code is 'Unit grid that it lies in, as of the day it came; null outside of all grids.';

create table cityops.officer_position (
    person_id text primary key,
    who text not null,
    at timestamptz not null,
    geom geometry(Point, 4490) not null,
    accuracy_m real,
    grid_code text
) with (fillfactor = 60);
comment on table cityops.officer_position is 'The last point of each person''s track.';
create index officer_position_at on cityops.officer_position (at);

create table cityops.track_day (
    person_id text not null,
    day date not null,
    who text not null,
    own_codes text[] not null,
    is_stale boolean not null default true,
    primary key (day, person_id)
);
comment on table cityops.track_day is 'Days of the city of which somebody has a track; for the product alone.';
comment on column cityops.track_day.own_codes is 'Grids and areas of the person''s scope when the track came: what lies in them are his own grids.';
create index track_day_stale on cityops.track_day (day) where is_stale;

create table cityops.grid_visit (
    person_id text not null,
    day date not null,
    grid_code text not null,
    who text not null,
    is_own boolean,
    first_at timestamptz,
    last_at timestamptz,
    minutes double precision not null,
    meters double precision not null,
    share double precision not null,
    reach geometry,
    primary key (day, person_id, grid_code)
);
comment on table cityops.grid_visit is 'What a person''s track of a day means for a unit grid that it came near to.';
comment on column cityops.grid_visit.is_own is 'Does the grid lie in the person''s scope? Null for people whose scope names no area.';
comment on column cityops.grid_visit.first_at is 'First and last point inside; null where the track only passed by.';
comment on column cityops.grid_visit.reach is 'The part of the grid within 30 m of the track, in the city''s projected system; share is its share of the grid''s area.';
create index grid_visit_grid on cityops.grid_visit (grid_code, day);

create table cityops.patrol (
    id uuid primary key,
    person_id text not null,
    who text not null,
    begun_at timestamptz not null,
    ended_at timestamptz,
    constraint ck_patrol_ended_at check (ended_at >= begun_at)
);
comment on column cityops.patrol.id is 'Made by the phone, so that what is sent twice is one.';
create index patrol_of_person on cityops.patrol (person_id, begun_at);

create table cityops.patrol_note (
    id uuid primary key,
    patrol uuid,
    person_id text not null,
    who text not null,
    at timestamptz not null,
    geom geometry(Point, 4490) not null,
    grid_code text,
    note text not null,
    constraint ck_patrol_note_note check (length(note) between 1 and 2000)
);
create index patrol_note_of_person on cityops.patrol_note (person_id, at);

-- Who asks, as the connection was told (PatrolConnection).
create function cityops.caller_person() returns text language sql stable as $$ select nullif(current_setting('cityops.person', true), '') $$;
create function cityops.caller_supervises() returns boolean language sql stable as $$
    select 'SuperviseCases' = any(string_to_array(coalesce(current_setting('cityops.permissions', true), ''), ','))
$$;

do $$
declare
    target text;
    own constant text := 'person_id = (select cityops.caller_person())';
    supervised constant text := '(select cityops.caller_supervises())';
    in_scope constant text := $scope$(left(grid_code, 6) = any((select cityops.caller_codes('districts'))::text[]) or left(grid_code, 9) = any((select cityops.caller_codes('subdistricts'))::text[])
        or left(grid_code, 12) = any((select cityops.caller_codes('communities'))::text[]) or grid_code = any((select cityops.caller_codes('grids'))::text[]))$scope$;
begin
    foreach target in array array['track_point', 'officer_position', 'track_day', 'grid_visit', 'patrol', 'patrol_note'] loop
        execute format('alter table cityops.%I enable row level security', target);
        execute format('alter table cityops.%I force row level security', target);
        execute format('create policy product on cityops.%I to %I using (true)', target, current_user);
        continue when target = 'track_day';
        execute format('grant select on cityops.%I to cityops_caller, cityops_city', target);
        execute format('create policy own on cityops.%I to cityops_caller, cityops_city using (%s)', target, own);
        execute format('create policy city on cityops.%I for select to cityops_city using (%s)', target, supervised);
        continue when target = 'patrol';
        execute format('create policy caller on cityops.%I for select to cityops_caller using (%s and %s)', target, supervised, in_scope);
    end loop;
end
$$;
-- A patrol goes through grids: it is seen by whoever sees one of the visits, which have a lock of their own.
create policy caller on cityops.patrol for select to cityops_caller using ((select cityops.caller_supervises()) and exists (
    select from cityops.grid_visit visit where visit.person_id = patrol.person_id and visit.last_at >= patrol.begun_at and visit.first_at <= coalesce(patrol.ended_at, 'infinity')));
grant insert, update (ended_at) on cityops.patrol to cityops_caller, cityops_city;
grant insert on cityops.patrol_note to cityops_caller, cityops_city;

create function cityops.ensure_track_month(day date) returns void language plpgsql as $$
declare
    begins date := date_trunc('month', day);
    part text := 'track_point_' || to_char(day, 'YYYYMM');
begin
    if to_regclass('cityops.' || part) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('cityops.ensure_track_month'));
    if to_regclass('cityops.' || part) is not null then
        return;
    end if;
    -- Attached, as whoever writes points need not wait for that.
    execute format('create table cityops.%I (like cityops.track_point including defaults including constraints including indexes)', part);
    execute format('alter table cityops.track_point attach partition cityops.%I for values from (%L) to (%L)', part, begins || ' 00:00+00', (begins + interval '1 month')::date || ' 00:00+00');
end
$$;

-- Drops the months that have ended before a moment; returns how many. What was worked out of them stays.
create function cityops.drop_tracks_before(moment timestamptz) returns integer language plpgsql as $$
declare
    part record;
    dropped integer := 0;
begin
    perform set_config('lock_timeout', '3s', true);
    for part in
        select one.oid::regclass as name from pg_inherits join pg_class one on one.oid = inhrelid
        where inhparent = 'cityops.track_point'::regclass and one.relname < 'track_point_' || to_char(moment at time zone 'UTC', 'YYYYMM')
    loop
        execute format('drop table %s', part.name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

-- Takes points of the caller's own track; returns how many are new. zone: the city's, for its days.
create function cityops.take_track(who text, own_codes text[], moments timestamptz[], longitudes double precision[], latitudes double precision[], accuracies real[], zone text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    whose text := cityops.caller_person();
    month date;
    stored integer;
begin
    if whose is null then
        raise exception 'A track is somebody''s' using errcode = 'insufficient_privilege';
    end if;
    for month in select distinct date_trunc('month', one at time zone 'UTC')::date from unnest(moments) one loop
        perform cityops.ensure_track_month(month);
    end loop;
    with fresh as (
        insert into cityops.track_point (person_id, at, geom, accuracy_m, grid_code)
        select whose, sent.at, spot, sent.accuracy, (cityops.assign_jurisdiction(spot, '', null)).grid_code
        from (select distinct on (at) * from unnest(moments, longitudes, latitudes, accuracies) one(at, longitude, latitude, accuracy) order by at) sent
        cross join lateral (select ST_SetSRID(ST_MakePoint(sent.longitude, sent.latitude), 4490) as spot) place
        order by sent.at
        on conflict do nothing
        returning *
    ), days as (
        insert into cityops.track_day as known (person_id, day, who, own_codes)
        select distinct whose, (fresh.at at time zone zone)::date, take_track.who, take_track.own_codes from fresh
        on conflict (day, person_id) do update set who = excluded.who, own_codes = excluded.own_codes, is_stale = true
    ), last as (
        insert into cityops.officer_position as known
        select whose, take_track.who, fresh.at, fresh.geom, fresh.accuracy_m, fresh.grid_code from fresh order by fresh.at desc limit 1
        on conflict (person_id) do update set (who, at, geom, accuracy_m, grid_code) = (excluded.who, excluded.at, excluded.geom, excluded.accuracy_m, excluded.grid_code) where known.at < excluded.at
    )
    select count(*) into stored from fresh;
    return stored;
end
$$;

-- What a track of a day means for the grids it came near to. A step leads from a point to the next one where that comes within 3 minutes and lies within 300 m; its time counts for the grid
-- that it starts in. Points that are known to no better than 100 m count for nothing. plane: the projected system in which metres are measured.
create function cityops.refresh_visit_day(whose text, which date, zone text, plane integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    known cityops.track_day;
    reach_m constant double precision := 30;
begin
    select * into known from cityops.track_day one where one.day = which and one.person_id = whose;
    delete from cityops.grid_visit one where one.day = which and one.person_id = whose;
    insert into cityops.grid_visit
    with point as (
        select at, grid_code, geom, ST_Transform(geom, plane) as spot from cityops.track_point
        where person_id = whose and at >= which::timestamp at time zone zone and at < (which + 1)::timestamp at time zone zone and coalesce(accuracy_m, 0) <= 100
    ), led as (
        select *, lead(at) over in_time as next_at, lead(spot) over in_time as next_spot from point window in_time as (order by at)
    ), step as (
        select *, coalesce(next_at - at <= interval '3 minutes' and ST_Distance(spot, next_spot) <= 300, false) as goes_on from led
    ), run as (
        select *, count(*) filter (where not came_on) over (order by at) as number
        from (select *, coalesce(lag(goes_on) over (order by at), false) as came_on from step) one
    ), path as (
        select case count(*) when 1 then (array_agg(spot))[1] else ST_MakeLine(spot order by at) end as line from run group by number
    ), way as materialized (
        select (select ST_Collect(line) from path) as lines, (select ST_Extent(geom) from point) as box
    ), stay as (
        select grid_code, min(at) as first_at, max(at) as last_at, coalesce(sum(extract(epoch from next_at - at)) filter (where goes_on), 0)::double precision / 60 as minutes
        from step where grid_code is not null group by grid_code
    ), near as (
        select grid.code, grid.area, ST_ClipByBox2D(way.lines, ST_Expand(grid.area, reach_m + 1)::box2d) as lines
        from way join lateral (
            select one.code, ST_Transform(one.geom, plane) as area from gis.unit_grids one
            where one.geom && ST_Expand(ST_SetSRID(way.box::geometry, 4490), 0.0005)
              and (one.begin_date is null or one.begin_date <= which) and (one.end_date is null or one.end_date > which) and one.status is distinct from '作废'
        ) grid on true
    ), met as (
        select code, area, ST_Length(ST_Intersection(lines, area)) as meters, ST_Intersection(ST_Buffer(lines, reach_m), area) as reach from near where not ST_IsEmpty(lines) and ST_DWithin(lines, area, reach_m)
    )
    select whose, which, coalesce(met.code, stay.grid_code), known.who,
        case when cardinality(known.own_codes) > 0 then exists (select from unnest(known.own_codes) own where starts_with(coalesce(met.code, stay.grid_code), own)) end,
        stay.first_at, stay.last_at, coalesce(stay.minutes, 0), coalesce(met.meters, 0), coalesce(ST_Area(met.reach) / nullif(ST_Area(met.area), 0), 0), met.reach
    from met full join stay on stay.grid_code = met.code;
    update cityops.track_day one set is_stale = false where one.day = which and one.person_id = whose;
end
$$;

-- Works out what has come since; returns how many people's days. Somebody else who is at it already is not waited for.
create function cityops.refresh_visits(which date, zone text, plane integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    one record;
    done integer := 0;
begin
    for one in select person_id from cityops.track_day where day = which and is_stale order by person_id for update skip locked loop
        perform cityops.refresh_visit_day(one.person_id, which, zone, plane);
        done := done + 1;
    end loop;
    return done;
end
$$;

-- A person's day is worked out by these alone, and only for who may see it.
revoke execute on function cityops.refresh_visit_day(text, date, text, integer) from public;
revoke execute on function cityops.drop_tracks_before(timestamptz) from public;
