-- Cameras that are watched. A camera is a feature of the layer "cameras": where it stands, looks and how far it sees are its fields. Here is what belongs to it beside: which cameras
-- see a place, the last picture of each, and the plans by which people look at several in turn. Every start attaches this to the layer (cameras.attach).
create schema cameras;
grant usage on schema cameras to cityops_caller, cityops_city;

-- Does a camera see what lies at an azimuth? Direction and opening in degrees, clockwise from true north; the azimuth in radians as ST_Azimuth gives it, null where the camera stands.
create function cameras.looks_at(direction double precision, opening double precision, azimuth double precision) returns boolean language sql immutable parallel safe as $$
    select opening >= 360 or azimuth is null or 180 - abs(180 - (aside - 360 * floor(aside / 360))) <= opening / 2 from (select degrees(azimuth) - direction as aside) one
$$;

-- How far the farthest camera of the city sees, metres: tells nothing of which, so callers need not see it.
create function cameras.farthest() returns double precision language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (select coalesce(max(one.range_m), 0) from gis.cameras one where one.range_m is not null and one.range_m < 'infinity');
end
$$;

create table cameras.snapshot (
    fid bigint primary key,
    at timestamptz not null,
    width integer not null,
    height integer not null,
    bytes bytea not null,
    small bytea not null,
    -- Re-encoded by the product: JPEG and nothing else.
    constraint ck_snapshot_bytes check (substring(bytes for 3) = '\xffd8ff' and length(bytes) <= 4000000),
    constraint ck_snapshot_small check (substring(small for 3) = '\xffd8ff' and length(small) <= 200000)
);
comment on table cameras.snapshot is 'The last picture of each camera that somebody sent.';
alter table cameras.snapshot alter column bytes set storage external, alter column small set storage external;

create table cameras.plan (
    id bigint generated always as identity primary key,
    name text not null,
    owner_id text,
    owner text not null,
    cameras bigint[] not null,
    seconds integer[] not null,
    at_once smallint not null,
    changed_at timestamptz not null default clock_timestamp(),
    constraint ck_plan_name check (length(name) between 1 and 100),
    constraint ck_plan_cameras check (cardinality(cameras) between 1 and 200),
    constraint ck_plan_stops check (cardinality(seconds) = cardinality(cameras)),
    constraint ck_plan_seconds check (3 <= all (seconds) and 3600 >= all (seconds)),
    constraint ck_plan_at_once check (at_once in (1, 4))
);
comment on table cameras.plan is 'Cameras that are looked at in turn (视频巡查方案).';
comment on column cameras.plan.cameras is 'Numbers of the features, in their order.';
comment on column cameras.plan.seconds is 'How long each is shown.';
comment on column cameras.plan.at_once is 'One at a time, or four.';

-- Puts index and locks in place; running it again changes nothing.
create function cameras.attach() returns void language plpgsql as $$
declare
    target text;
    sees text;
begin
    create index if not exists cameras_range_m on gis.cameras (range_m);
    for target, sees in select * from (values ('cameras.snapshot', 'one.fid = snapshot.fid'), ('cameras.plan', 'one.fid = any (plan.cameras)')) locks loop
        -- Not forced on the owner: he sees all anyway.
        execute format('alter table %s enable row level security', target);
        execute format('drop policy if exists caller on %s', target);
        execute format('drop policy if exists city on %s', target);
        -- Who sees a camera sees its picture, and the plans that it is in: the layer's own policies decide.
        execute format('create policy caller on %s to cityops_caller using (exists (select from gis.cameras one where %s))', target, sees);
        execute format('create policy city on %s to cityops_city using (true)', target);
    end loop;
    grant select on cameras.snapshot to cityops_caller, cityops_city;
    grant select, insert, update, delete on cameras.plan to cityops_caller, cityops_city;
end
$$;
