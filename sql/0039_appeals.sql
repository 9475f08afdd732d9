-- Appeals (申诉) against what an assessment counts, and photos of checks on the spot. A department's or a grid's people appeal a case that an indicator counts for them, or a check on
-- the spot; somebody of the centre accepts or rejects it, never the one who made it. An accepted appeal takes the case out of the indicator, or withdraws the check.
create table assessment.appeal (
    id bigint generated always as identity primary key,
    indicator text references assessment.indicator,
    object text,
    case_fid bigint,
    check_fid bigint,
    period text not null,
    reason text not null,
    photos smallint not null default 0,
    asked_at timestamptz not null default clock_timestamp(),
    who_id text,
    who text not null,
    state text not null default 'open',
    answer text,
    answered_at timestamptz,
    answered_id text,
    answered_by text,
    token uuid,
    constraint uq_appeal_token unique (token),
    constraint ck_appeal_matter check (num_nonnulls(case_fid, check_fid) = 1 and num_nonnulls(case_fid, indicator, object) in (0, 3)),
    constraint ck_appeal_reason check (length(btrim(reason)) between 1 and 1000),
    constraint ck_appeal_photos check (photos between 0 and 9),
    constraint ck_appeal_state check (state in ('open', 'accepted', 'rejected')),
    constraint ck_appeal_answer check (case state when 'open' then num_nonnulls(answer, answered_at, answered_id, answered_by) = 0
        else coalesce(length(btrim(answer)), 0) >= 1 and length(answer) <= 1000 and answered_at is not null and answered_by is not null end)
);
comment on column assessment.appeal.object is 'The unit grid or the department for which the indicator counts the case.';
comment on column assessment.appeal.period is 'In which it was seen to be counted; of a check the period that it names.';
comment on column assessment.appeal.who is 'Who made it; the name at that time.';
create index appeal_case on assessment.appeal (case_fid, indicator);
create index appeal_check on assessment.appeal (check_fid);
create index appeal_open on assessment.appeal (asked_at) where state = 'open';
-- What was rejected may be appealed again, with other reasons.
create unique index appeal_once_case on assessment.appeal (indicator, object, case_fid) where state <> 'rejected' and case_fid is not null;
create unique index appeal_once_check on assessment.appeal (check_fid) where state <> 'rejected' and check_fid is not null;

create table assessment.photo (
    id uuid primary key,
    check_fid bigint,
    appeal bigint references assessment.appeal,
    position smallint not null,
    width integer not null,
    height integer not null,
    bytes bytea not null,
    small bytea not null,
    at timestamptz not null default clock_timestamp(),
    who_id text,
    who text not null,
    constraint uq_photo_position unique nulls not distinct (check_fid, appeal, position),
    constraint ck_photo_of check (num_nonnulls(check_fid, appeal) = 1),
    constraint ck_photo_position check (position between 1 and 9),
    -- Re-encoded by the product: JPEG and nothing else.
    constraint ck_photo_bytes check (substring(bytes for 3) = '\xffd8ff' and length(bytes) <= 4000000),
    constraint ck_photo_small check (substring(small for 3) = '\xffd8ff' and length(small) <= 200000)
);
comment on table assessment.photo is 'Of a check on the spot, or with an appeal; only added to.';
alter table assessment.photo alter column bytes set storage external, alter column small set storage external;

alter table assessment.appeal enable row level security;
alter table assessment.photo enable row level security;
create policy city on assessment.appeal to cityops_city using (true);
create policy city on assessment.photo to cityops_city using (true);
grant select, insert on assessment.appeal, assessment.photo to cityops_caller, cityops_city;
grant update (state, answer, answered_at, answered_id, answered_by) on assessment.appeal to cityops_caller, cityops_city;

-- Cases that count no longer, because an appeal was accepted.
create view assessment.granted with (security_invoker = true) as select indicator, object, case_fid as fid from assessment.appeal where state = 'accepted' and case_fid is not null;
grant select on assessment.granted to cityops_caller, cityops_city;

-- A number for a new check.
create sequence assessment.check_number;
grant usage on sequence assessment.check_number to cityops_caller, cityops_city;
create function assessment.next_check_number(on_day date) returns text language plpgsql as $$
declare
    number text;
begin
    loop
        number := 'K' || to_char(on_day, 'YYYYMMDD') || to_char(nextval('assessment.check_number'), 'FM00000');
        -- Deliveries may have brought numbers of the same form.
        exit when not cityops.key_is_taken('assessments', 'assessment_number', number, null);
    end loop;
    return number;
end
$$;

-- Is the caller one of those who are assessed: of the department, or at work in the grid?
create function assessment.is_assessed(department text, grid text) returns boolean language sql stable as $$
    select coalesce(department is not null and cases.handles_for(department), false)
        or grid is not null and cases.caller_has('InspectCases') and (current_setting('role', true) is distinct from 'cityops_caller'
            or left(grid, 6) = any(cityops.caller_codes('districts')) or left(grid, 9) = any(cityops.caller_codes('subdistricts'))
            or left(grid, 12) = any(cityops.caller_codes('communities')) or grid = any(cityops.caller_codes('grids')))
$$;

-- Who answers is of the centre: he supervises, and is none of a department's people.
create function assessment.is_of_centre() returns boolean language sql stable as $$
    select cases.caller_has('SuperviseCases') and (current_setting('role', true) is distinct from 'cityops_caller' or cardinality(cityops.caller_codes('departments')) = 0)
$$;

-- SQLSTATEs as of cases (sql/0023): CA403 not for this person, CA404 there is no such thing that counts, CA406 not on his own appeal, CA409 it is answered, CA422 not possible,
-- CA428 the figures of the period are kept.
create function assessment.check_appeal() returns trigger language plpgsql as $$
declare
    object_kind text;
    stands record;
    is_counted boolean;
begin
    if tg_op = 'INSERT' then
        if new.state <> 'open' then
            raise exception 'An appeal begins open.' using errcode = 'CA422';
        end if;
        if new.check_fid is not null then
            select one.grid_code, one.department_code, one.period into stands from gis.assessments one where one.fid = new.check_fid and one.points is not null and one.withdrawn is not true;
            if not found then
                raise exception 'There is no check % that counts.', new.check_fid using errcode = 'CA404';
            end if;
            new.period := stands.period;
        else
            select one.object into object_kind from assessment.indicator one where one.id = new.indicator;
            if object_kind is null or object_kind not in ('grid', 'department') then
                raise exception 'No appeals are made against %.', new.indicator using errcode = 'CA422';
            end if;
            execute format('select exists (select from assessment.%I v where v.fid = $1 and v.object = $2)', new.indicator) into is_counted using new.case_fid, new.object;
            if not is_counted then
                raise exception '% does not count case % for %.', new.indicator, new.case_fid, new.object using errcode = 'CA404';
            end if;
            select case object_kind when 'grid' then new.object end as grid_code, case object_kind when 'department' then new.object end as department_code into stands;
        end if;
        if cases.is_caller() and not assessment.is_assessed(stands.department_code, stands.grid_code) then
            raise exception 'Only who is assessed appeals.' using errcode = 'CA403';
        end if;
    else
        if old.state <> 'open' then
            raise exception 'Appeal % is answered.', old.id using errcode = 'CA409';
        end if;
        if new.state = 'open' or to_jsonb(new) - array['state', 'answer', 'answered_at', 'answered_id', 'answered_by'] is distinct from to_jsonb(old) - array['state', 'answer', 'answered_at', 'answered_id', 'answered_by'] then
            raise exception 'An appeal is only answered, once.' using errcode = 'CA422';
        end if;
        if cases.is_caller() and not assessment.is_of_centre() then
            raise exception 'Appeals are answered by the centre.' using errcode = 'CA403';
        end if;
        if new.answered_id is not null and new.answered_id = old.who_id then
            raise exception '% has made appeal %, so somebody else answers it.', new.answered_by, old.id using errcode = 'CA406';
        end if;
    end if;
    if new.state <> 'rejected' and exists (select from assessment.period one where one.id = new.period) then
        raise exception 'The figures of % are kept.', new.period using errcode = 'CA428';
    end if;
    return new;
end
$$;
create trigger a_check before insert or update on assessment.appeal for each row execute function assessment.check_appeal();
create trigger append_only before delete or truncate on assessment.appeal for each statement execute function cityops.refuse_change();
create trigger append_only before update or delete or truncate on assessment.photo for each statement execute function cityops.refuse_change();

-- A check says on itself how it stands: its feature mirrors the appeal.
create function assessment.mirror_appeal() returns trigger language plpgsql as $$
begin
    if new.check_fid is not null and new.state <> 'rejected' then
        update gis.assessments set appeal = new.reason, withdrawn = case new.state when 'accepted' then true else withdrawn end where fid = new.check_fid;
    end if;
    return null;
end
$$;
create trigger b_mirror after insert or update on assessment.appeal for each row execute function assessment.mirror_appeal();

-- Photos of an appeal come with it; those of a check are added by who supervises.
create function assessment.check_photo() returns trigger language plpgsql as $$
begin
    if new.check_fid is not null and cases.is_caller() and not cases.caller_has('SuperviseCases') then
        raise exception 'Photos of a check are added by those who supervise.' using errcode = 'CA403';
    end if;
    if new.check_fid is not null and not exists (select from gis.assessments one where one.fid = new.check_fid)
        or new.appeal is not null and not exists (select from assessment.appeal one where one.id = new.appeal and new.position <= one.photos and one.xmin::text = pg_current_xact_id()::xid::text) then
        raise exception 'There is nothing that photo % would be of.', new.id using errcode = 'CA404';
    end if;
    return new;
end
$$;
create trigger a_check before insert on assessment.photo for each row execute function assessment.check_photo();

create function assessment.count_photos() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (select count(*) from assessment.photo one where one.appeal = new.id) <> new.photos then
        raise exception 'Appeal % came without its photos.', new.id using errcode = 'CA422';
    end if;
    return null;
end
$$;
create constraint trigger c_photos after insert on assessment.appeal deferrable initially deferred for each row execute function assessment.count_photos();

-- Before a row of the layer is written by a caller's own statement: only an appeal objects to a check and withdraws it.
create function assessment.guard_check() returns trigger language plpgsql as $$
begin
    if cases.is_caller() and pg_trigger_depth() = 1 and (case tg_op when 'INSERT' then new.appeal is not null or new.withdrawn is true else (new.appeal, new.withdrawn) is distinct from (old.appeal, old.withdrawn) end) then
        raise exception 'Only an appeal withdraws a check.' using errcode = 'check_violation', constraint = 'ck_assessments_withdrawn';
    end if;
    return new;
end
$$;

-- Puts the guard on the layer of checks and the locks on appeals and photos: who sees what they are about sees them. Running it again changes nothing.
create function assessment.attach_appeals() returns void language plpgsql as $$
begin
    if not exists (select from pg_trigger where tgrelid = 'gis.assessments'::regclass and tgname = 'a_guard') then
        create trigger a_guard before insert or update on gis.assessments for each row execute function assessment.guard_check();
    end if;
    drop policy if exists caller on assessment.appeal;
    drop policy if exists caller on assessment.photo;
    create policy caller on assessment.appeal to cityops_caller using (
        appeal.case_fid is not null and exists (select from gis.cases one where one.fid = appeal.case_fid)
        or appeal.check_fid is not null and exists (select from gis.assessments one where one.fid = appeal.check_fid));
    create policy caller on assessment.photo to cityops_caller using (
        photo.check_fid is not null and exists (select from gis.assessments one where one.fid = photo.check_fid)
        or photo.appeal is not null and exists (select from assessment.appeal one where one.id = photo.appeal));
end
$$;

-- A case that its camera still sees is told apart from what else is not possible: CA425.
create or replace function detections.check_close() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from detections.scene one where one.case_fid = new.fid and one.status = 'confirmed' and detections.is_there(one)) then
        raise exception 'What case % is about is still seen by its camera.', new.fid using errcode = 'CA425';
    end if;
    return new;
end
$$;

-- A special task is withdrawn by somebody whose scope holds all its grids: he does not take work off those whom he does not supervise. CA427.
create function special.reaches_beyond(task bigint) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select current_setting('role', true) = 'cityops_caller' and exists (
        select from special.grid one where one.task = $1 and not (
            one.district_code = any((select cityops.caller_codes('districts'))::text[]) or one.subdistrict_code = any((select cityops.caller_codes('subdistricts'))::text[])
            or one.community_code = any((select cityops.caller_codes('communities'))::text[]) or one.grid_code = any((select cityops.caller_codes('grids'))::text[])))
$$;
create or replace function special.check_task() returns trigger language plpgsql as $$
begin
    if cases.is_caller() and not cases.caller_has('SuperviseCases') then
        raise exception 'Special tasks are made and withdrawn by those who supervise.' using errcode = 'CA403';
    end if;
    if tg_op = 'UPDATE' and (old.withdrawn_at is not null or new.withdrawn_at is null
        or to_jsonb(new) - 'withdrawn_at' - 'withdrawn_by' is distinct from to_jsonb(old) - 'withdrawn_at' - 'withdrawn_by') then
        raise exception 'A special task is only withdrawn, once.' using errcode = 'CA422';
    end if;
    if tg_op = 'UPDATE' and special.reaches_beyond(new.id) then
        raise exception 'Special task % reaches beyond the scope of who withdraws it.', new.id using errcode = 'CA427';
    end if;
    return new;
end
$$;
