-- What recognisers see on cameras. A scene is a feature of the layer "detections": sightings that repeat it are merged into it, a person confirms or rejects it, confirming files a case,
-- and before that case is closed the same camera looks again. Everything comes by detections.take and detections.clear; the feature mirrors the scene.
create schema detections;
grant usage on schema detections to cityops_caller, cityops_city;

create table detections.rule (
    kind text primary key,
    case_class text not null,
    least_confidence double precision not null,
    merge_minutes integer not null,
    least_overlap double precision not null,
    gone_minutes integer,
    is_on boolean not null default true,
    constraint ck_rule_case_class check (case_class ~ '^[0-9]{4,6}$'),
    constraint ck_rule_least_confidence check (least_confidence between 0 and 1),
    constraint ck_rule_merge_minutes check (merge_minutes between 1 and 10080),
    constraint ck_rule_least_overlap check (least_overlap between 0.01 and 1),
    constraint ck_rule_gone_minutes check (gone_minutes between 1 and 100000)
);
comment on table detections.rule is 'What is done with detections of each kind (code list detection-kinds); the bureau''s own. The numbers are this project''s.';
comment on column detections.rule.case_class is 'Class of the case that a confirmed scene files (GB/T 47678.5-2026).';
comment on column detections.rule.least_confidence is 'Below it a sighting is counted and nothing else.';
comment on column detections.rule.merge_minutes is 'A sighting so long after the last one, or sooner, is of the same scene.';
comment on column detections.rule.least_overlap is 'Area of both boxes together over area of either (IoU) from which two are of one scene.';
comment on column detections.rule.gone_minutes is 'Not seen for so long, it is gone; null: only a frame that is reported clear says so.';
insert into detections.rule (kind, case_class, least_confidence, merge_minutes, least_overlap, gone_minutes) values
    ('vehicle-parking', '09009', 0.6, 30, 0.5, null), ('bike-parking', '09010', 0.6, 60, 0.3, null), ('shared-bikes', '09011', 0.6, 60, 0.3, null), ('bin-overflow', '06042', 0.6, 240, 0.4, null),
    ('exposed-refuse', '06010', 0.6, 240, 0.3, null), ('refuse-heap', '06011', 0.6, 720, 0.3, null), ('street-vendor', '09001', 0.6, 30, 0.1, 60), ('trading-outside', '09005', 0.6, 60, 0.3, 120),
    ('trading-on-road', '09006', 0.6, 60, 0.2, 120), ('outdoor-advertising', '07003', 0.7, 1440, 0.5, null), ('small-advertisements', '07001', 0.7, 1440, 0.4, null),
    ('laundry', '06007', 0.6, 240, 0.3, null), ('fire-lane', '09012', 0.6, 15, 0.4, null), ('piled-objects', '06036', 0.6, 240, 0.3, null);

create table detections.scene (
    fid bigint primary key,
    camera bigint not null,
    kind text not null,
    status text not null default 'waiting',
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    times integer not null default 1,
    confidence double precision not null,
    x double precision not null,
    y double precision not null,
    w double precision not null,
    h double precision not null,
    clear_at timestamptz,
    decided_at timestamptz,
    decided_by_id text,
    decided_by text,
    note text,
    case_fid bigint,
    checked_by text,
    constraint ck_scene_status check (status in ('waiting', 'confirmed', 'rejected', 'gone')),
    constraint ck_scene_note check (length(note) <= 2000)
);
comment on column detections.scene.fid is 'Of its feature.';
comment on column detections.scene.camera is 'Number of the camera''s feature.';
comment on column detections.scene.confidence is 'Of the surest sighting.';
comment on column detections.scene.x is 'Left edge of the last box, as a share of the picture''s width; y from its top.';
comment on column detections.scene.clear_at is 'The last frame in which it was not there, as somebody reported.';
comment on column detections.scene.checked_by is 'Who saw that it is gone; null: a recogniser.';
create index scene_of_camera on detections.scene (camera, kind, last_seen);
create index scene_waiting on detections.scene (last_seen) where status = 'waiting';
create index scene_of_case on detections.scene (case_fid) where case_fid is not null;

create table detections.sighting (
    camera bigint not null,
    recogniser text not null,
    message text not null,
    scene bigint,
    kind text not null,
    at timestamptz not null,
    received_at timestamptz not null default clock_timestamp(),
    confidence double precision not null,
    x double precision not null,
    y double precision not null,
    w double precision not null,
    h double precision not null,
    constraint pk_sighting primary key (camera, recogniser, message)
);
comment on column detections.sighting.message is 'The recogniser''s own number of it: one that comes twice is one.';
comment on column detections.sighting.scene is 'Null: it was too unsure, or its rule is off.';
create index sighting_received on detections.sighting (received_at);

create table detections.picture (
    scene bigint not null references detections.scene,
    which text not null,
    at timestamptz not null,
    confidence double precision not null,
    x double precision not null,
    y double precision not null,
    w double precision not null,
    h double precision not null,
    width integer not null,
    height integer not null,
    bytes bytea not null,
    small bytea not null,
    constraint pk_picture primary key (scene, which),
    constraint ck_picture_which check (which in ('surest', 'last')),
    constraint ck_picture_bytes check (substring(bytes for 3) = '\xffd8ff' and length(bytes) <= 4000000),
    constraint ck_picture_small check (substring(small for 3) = '\xffd8ff' and length(small) <= 200000)
);
comment on table detections.picture is 'Of a scene two pictures are kept, each with its box: the surest one and the last one.';
alter table detections.picture alter column bytes set storage external, alter column small set storage external;

-- Area that two boxes share over the area that either covers (IoU).
create function detections.overlap(x1 double precision, y1 double precision, w1 double precision, h1 double precision, x2 double precision, y2 double precision, w2 double precision, h2 double precision)
returns double precision language sql immutable parallel safe as $$
    select case when both_cover > 0 then shared / both_cover else 0 end
    from (select shared, w1 * h1 + w2 * h2 - shared as both_cover
        from (select greatest(0, least(x1 + w1, x2 + w2) - greatest(x1, x2)) * greatest(0, least(y1 + h1, y2 + h2) - greatest(y1, y2)) as shared) one) two
$$;

-- Is what a scene is about still to be seen? A frame that was reported clear after it was seen last says no, and so does the quiet time of its rule.
create function detections.is_there(one detections.scene) returns boolean language sql stable as $$
    select not (coalesce(one.clear_at > one.last_seen, false)
        or coalesce((select one.last_seen < clock_timestamp() - make_interval(mins => rule.gone_minutes) from detections.rule where rule.kind = one.kind), false))
$$;

-- Takes a sighting; the scene it belongs to, and whether that is "new", "merged", "repeated" (it came before) or "dropped" (no scene).
create function detections.take(of_camera bigint, of_recogniser text, of_message text, of_kind text, at_time timestamptz, sure double precision,
    box_x double precision, box_y double precision, box_w double precision, box_h double precision, spot geometry, accuracy double precision, method text, out scene bigint, out outcome text)
language plpgsql as $$
declare
    rule detections.rule;
    span interval;
begin
    -- Two sightings of one scene at a time would be two scenes.
    perform pg_advisory_xact_lock(hashtextextended(format('detections %s %s', of_camera, of_kind), 0));
    select one.scene into scene from detections.sighting one where (one.camera, one.recogniser, one.message) = (of_camera, of_recogniser, of_message);
    if found then
        outcome := 'repeated';
        return;
    end if;
    select * into rule from detections.rule one where one.kind = of_kind;
    if rule.kind is null or not rule.is_on or sure < rule.least_confidence then
        outcome := 'dropped';
    else
        span := make_interval(mins => rule.merge_minutes);
        -- Seen again while its case is open it is that scene however long ago; a rejected one is not asked about again.
        select one.fid into scene
        from detections.scene one cross join lateral detections.overlap(one.x, one.y, one.w, one.h, box_x, box_y, box_w, box_h) shared
        where one.camera = of_camera and one.kind = of_kind and shared >= rule.least_overlap
          and case one.status when 'confirmed' then exists (select from gis.cases c where c.fid = one.case_fid and c.status not in ('close', 'evaluate', 'void'))
              when 'gone' then false else at_time between one.first_seen - span and one.last_seen + span end
        order by shared desc, one.last_seen desc limit 1;
        outcome := case when scene is null then 'new' else 'merged' end;
    end if;
    if outcome = 'merged' then
        update detections.scene one set times = one.times + 1, first_seen = least(one.first_seen, at_time), last_seen = greatest(one.last_seen, at_time), confidence = greatest(one.confidence, sure),
            x = case when at_time >= one.last_seen then box_x else one.x end, y = case when at_time >= one.last_seen then box_y else one.y end,
            w = case when at_time >= one.last_seen then box_w else one.w end, h = case when at_time >= one.last_seen then box_h else one.h end
        where one.fid = scene;
    elsif outcome = 'new' then
        insert into gis.detections (geom, scene_id, kind, class_code, class_table, status, occurred_at, last_seen, times, confidence, accuracy_m, placed_by, camera_id)
        select spot, 'S' || to_char(at_time at time zone 'UTC', 'YYYYMMDD') || '-' || nextval('detections.serial'), of_kind, rule.case_class, 'gbt47678.5-2026', 'waiting', at_time, at_time, 1, sure, accuracy, method, one.camera_id
        from gis.cameras one where one.fid = of_camera
        returning fid into scene;
        insert into detections.scene (fid, camera, kind, first_seen, last_seen, confidence, x, y, w, h) values (scene, of_camera, of_kind, at_time, at_time, sure, box_x, box_y, box_w, box_h);
    end if;
    insert into detections.sighting (camera, recogniser, message, scene, kind, at, confidence, x, y, w, h) values (of_camera, of_recogniser, of_message, scene, of_kind, at_time, sure, box_x, box_y, box_w, box_h);
end
$$;
create sequence detections.serial;

-- A frame shows nothing of a kind, or of any: what was to be confirmed is gone, and what has a case may be closed. Returns how many scenes it is about.
create function detections.clear(of_camera bigint, of_kind text, at_time timestamptz) returns integer language plpgsql as $$
declare
    changed integer;
begin
    update detections.scene one set clear_at = greatest(one.clear_at, at_time), checked_by = null, status = case one.status when 'waiting' then 'gone' else one.status end
    where one.camera = of_camera and (of_kind is null or one.kind = of_kind) and one.status in ('waiting', 'confirmed') and one.last_seen < at_time and coalesce(one.clear_at < at_time, true);
    get diagnostics changed = row_count;
    return changed;
end
$$;

-- Before a row of the layer is written, by whatever path: the feature of a scene says what the scene is.
create function detections.mirror() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    known detections.scene;
begin
    select * into known from detections.scene one where one.fid = new.fid;
    if found then
        new.status := known.status;
        new.kind := known.kind;
        new.occurred_at := known.first_seen;
        new.last_seen := known.last_seen;
        new.times := known.times;
        new.confidence := known.confidence;
        new.case_number := (select one.case_number from gis.cases one where one.fid = known.case_fid);
    end if;
    return new;
end
$$;

-- After a scene changed: its feature too. What only repeats keeps no version in the history, as the thing did not change.
create function detections.show() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    bulk text := current_setting('cityops.bulk', true);
begin
    if (new.status, new.case_fid) is distinct from (old.status, old.case_fid) then
        update gis.detections set status = new.status where fid = new.fid;
    elsif (new.first_seen, new.last_seen, new.times, new.confidence) is distinct from (old.first_seen, old.last_seen, old.times, old.confidence) then
        perform set_config('cityops.bulk', 'on', true);
        update gis.detections set last_seen = new.last_seen where fid = new.fid;
        perform set_config('cityops.bulk', coalesce(bulk, 'off'), true);
        perform cityops.touch_layer('detections');
    end if;
    return null;
end
$$;
create trigger b_show after update on detections.scene for each row execute function detections.show();

-- A case that a camera has filed is closed when the camera sees it no more, or a person has looked by it.
create function detections.check_close() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from detections.scene one where one.case_fid = new.fid and one.status = 'confirmed' and detections.is_there(one)) then
        raise exception 'What case % is about is still seen by its camera.', new.fid using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_recheck before insert on cases.move for each row when (new.move = 'close') execute function detections.check_close();

create function detections.check_rule_change() returns trigger language plpgsql as $$
begin
    if cases.is_caller() and not 'Administer' = any(string_to_array(coalesce(current_setting('cityops.permissions', true), ''), ',')) then
        raise exception 'Rules of detections are set by administrators.' using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;
create trigger a_check before insert or update or delete on detections.rule for each statement execute function detections.check_rule_change();

-- Puts the mirror on the layer's table and the locks on what lies beside; running it again changes nothing.
create function detections.attach() returns void language plpgsql as $$
declare
    target text;
    sees text;
begin
    create or replace trigger a_mirror before insert or update on gis.detections for each row execute function detections.mirror();
    create index if not exists detections_status on gis.detections (status);
    for target, sees in select * from (values ('detections.scene', 'gis.detections one where one.fid = scene.fid'), ('detections.picture', 'gis.detections one where one.fid = picture.scene'),
        ('detections.sighting', 'gis.cameras one where one.fid = sighting.camera')) locks loop
        -- Not forced on the owner: he sees all anyway.
        execute format('alter table %s enable row level security', target);
        execute format('drop policy if exists caller on %s', target);
        execute format('drop policy if exists city on %s', target);
        -- Who sees a scene sees its pictures; who sees a camera, what was sent about it.
        execute format('create policy caller on %s to cityops_caller using (exists (select from %s))', target, sees);
        execute format('create policy city on %s to cityops_city using (true)', target);
        execute format('grant select on %s to cityops_caller, cityops_city', target);
    end loop;
    -- People decide; nothing else of what recognisers say is theirs to change.
    grant update (status, decided_at, decided_by_id, decided_by, note, case_fid, clear_at, checked_by) on detections.scene to cityops_caller, cityops_city;
end
$$;
grant select on detections.rule to cityops_caller, cityops_city;
grant update on detections.rule to cityops_city;
