-- From everyday to emergency and back (平战转换): an emergency is opened over an area, has a log and tasks that are sent in one go, and is closed with a report.
create schema command;
grant usage on schema command to cityops_caller, cityops_city;

create sequence command.emergency_id;
grant usage on sequence command.emergency_id to cityops_caller, cityops_city;

create table command.emergency (
    id bigint primary key default nextval('command.emergency_id'),
    title text not null,
    area geometry(geometry, 4490) not null,
    districts text[] not null default '{}',
    subdistricts text[] not null default '{}',
    communities text[] not null default '{}',
    grids text[] not null default '{}',
    opened_at timestamptz not null default clock_timestamp(),
    who_id text,
    who text not null,
    closed_at timestamptz,
    closed_by text,
    report text,
    figures jsonb,
    token uuid,
    constraint uq_emergency_token unique (token),
    constraint ck_emergency_title check (length(btrim(title)) between 1 and 100),
    constraint ck_emergency_area check (ST_Dimension(area) = 2 and not ST_IsEmpty(area)),
    constraint ck_emergency_report check (length(report) <= 20000),
    constraint ck_emergency_closed check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (report is null))
);
comment on column command.emergency.grids is 'Unit grids of the area with what lies above them, as they were when it was opened: who sees one of these sees the emergency.';
comment on column command.emergency.figures is 'What was counted in the area when it was closed.';
create index emergency_open on command.emergency (id) where closed_at is null;

create table command.entry (
    emergency bigint not null references command.emergency,
    number integer not null,
    at timestamptz not null default clock_timestamp(),
    kind text not null,
    who_id text,
    who text not null,
    said text not null,
    constraint pk_entry primary key (emergency, number),
    constraint ck_entry_kind check (kind in ('note', 'opened', 'sent', 'answered', 'closed')),
    constraint ck_entry_said check (length(btrim(said)) between 1 and 4000)
);
comment on table command.entry is 'The log of an emergency; only added to. "note" is by hand, the others come with what happens.';

create table command.task (
    emergency bigint not null references command.emergency,
    number integer not null,
    message uuid not null,
    at timestamptz not null default clock_timestamp(),
    addressee text not null,
    code text not null,
    name text not null,
    said text not null,
    who text not null,
    state text not null default 'sent',
    answered_at timestamptz,
    answered_by text,
    answer text,
    constraint pk_task primary key (emergency, number),
    constraint uq_task_message unique (message, addressee, code),
    constraint ck_task_addressee check (addressee in ('department', 'grid')),
    constraint ck_task_said check (length(btrim(said)) between 1 and 2000),
    constraint ck_task_state check (state in ('sent', 'taken', 'done')),
    constraint ck_task_answer check (length(answer) <= 2000)
);
comment on column command.task.message is 'One for all that were sent in one go; sent again it changes nothing.';
comment on column command.task.code is 'Of a department, or of a unit grid whose staff it is for.';

-- An area that only touches the edge of another has nothing to do with it.
-- SQLSTATEs: CA403 not for this person, CA404 there is none, CA409 it stands so already, CA422 something is missing.
create function command.check_emergency() returns trigger language plpgsql as $$
begin
    if cases.is_caller() and not cases.caller_has('CommandEmergencies') then
        raise exception 'Emergencies are opened and closed by those who command them.' using errcode = 'CA403';
    end if;
    if tg_op = 'INSERT' then
        if new.closed_at is not null then
            raise exception 'An emergency begins open.' using errcode = 'CA422';
        end if;
        select coalesce(array_agg(distinct left(one.code, 6)), '{}'), coalesce(array_agg(distinct left(one.code, 9)), '{}'), coalesce(array_agg(distinct left(one.code, 12)), '{}'), coalesce(array_agg(distinct one.code), '{}')
        into new.districts, new.subdistricts, new.communities, new.grids
        from gis.unit_grids one where ST_Intersects(one.geom, new.area) and ST_Relate(one.geom, new.area, 'T********') and (one.end_date is null or one.end_date > current_date) and one.status is distinct from '作废';
        if cardinality(new.grids) = 0 then
            select coalesce(array_agg(distinct one.code), '{}') into new.districts from gis.districts one where ST_Intersects(one.geom, new.area) and ST_Relate(one.geom, new.area, 'T********');
        end if;
        return new;
    end if;
    if old.closed_at is not null then
        raise exception 'The emergency is over.' using errcode = 'CA409';
    end if;
    if new.closed_at is null or to_jsonb(new) - '{closed_at,closed_by,report,figures}'::text[] is distinct from to_jsonb(old) - '{closed_at,closed_by,report,figures}'::text[] then
        raise exception 'An emergency is only closed.' using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert or update on command.emergency for each row execute function command.check_emergency();
create trigger append_only before delete or truncate on command.emergency for each statement execute function cityops.refuse_change();

create function command.is_open(which bigint) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from command.emergency one where one.id = which and one.closed_at is null)
$$;

create function command.check_entry() returns trigger language plpgsql as $$
begin
    if not command.is_open(new.emergency) and new.kind <> 'closed' then
        raise exception 'The emergency is over.' using errcode = 'CA409';
    end if;
    if cases.is_caller() and new.kind <> 'answered' and not cases.caller_has('CommandEmergencies') then
        raise exception 'The log is kept by those who command.' using errcode = 'CA403';
    end if;
    return new;
end
$$;
create trigger a_check before insert on command.entry for each row execute function command.check_entry();
create trigger append_only before update or delete or truncate on command.entry for each statement execute function cityops.refuse_change();

-- Those who are addressed: of the department, or with the grid in their scope.
create function command.is_mine(addressee text, code text) returns boolean language sql stable as $$
    select case when current_setting('role', true) is distinct from 'cityops_caller' then cases.caller_has('CommandEmergencies')
        when addressee = 'department' then code = any(cityops.caller_departments())
        else left(code, 6) = any(cityops.caller_codes('districts')) or left(code, 9) = any(cityops.caller_codes('subdistricts'))
            or left(code, 12) = any(cityops.caller_codes('communities')) or code = any(cityops.caller_codes('grids')) end
$$;

create function command.check_task() returns trigger language plpgsql as $$
begin
    if not command.is_open(new.emergency) then
        raise exception 'The emergency is over.' using errcode = 'CA409';
    end if;
    if tg_op = 'INSERT' then
        if cases.is_caller() and not cases.caller_has('CommandEmergencies') then
            raise exception 'Tasks are sent by those who command.' using errcode = 'CA403';
        end if;
        if new.state <> 'sent' then
            raise exception 'A task begins as sent.' using errcode = 'CA422';
        end if;
        return new;
    end if;
    if cases.is_caller() and not command.is_mine(new.addressee, new.code) then
        raise exception 'The task is not for you.' using errcode = 'CA403';
    end if;
    if (old.state, new.state) not in (('sent', 'taken'), ('sent', 'done'), ('taken', 'done')) or to_jsonb(new) - '{state,answered_at,answered_by,answer}'::text[] is distinct from to_jsonb(old) - '{state,answered_at,answered_by,answer}'::text[] then
        raise exception 'A task is taken, then done.' using errcode = 'CA409';
    end if;
    return new;
end
$$;
create trigger a_check before insert or update on command.task for each row execute function command.check_task();
create trigger append_only before delete or truncate on command.task for each statement execute function cityops.refuse_change();

do $$
declare
    target text;
begin
    foreach target in array array['command.emergency', 'command.entry', 'command.task'] loop
        execute format('alter table %s enable row level security', target);
        execute format('create policy city on %s to cityops_city using (true)', target);
        execute format('grant select, insert on %s to cityops_caller, cityops_city', target);
    end loop;
end
$$;
grant update (closed_at, closed_by, report, figures) on command.emergency to cityops_caller, cityops_city;
grant update (state, answered_at, answered_by, answer) on command.task to cityops_caller, cityops_city;
-- Who has to do with the area, or with a department: these are called wherever it is.
create policy caller on command.emergency to cityops_caller using (
    districts && (select cityops.caller_codes('districts'))::text[] or subdistricts && (select cityops.caller_codes('subdistricts'))::text[] or communities && (select cityops.caller_codes('communities'))::text[]
    or grids && (select cityops.caller_codes('grids'))::text[] or cardinality((select cityops.caller_codes('departments'))::text[]) > 0);
create policy caller on command.entry to cityops_caller using (exists (select from command.emergency one where one.id = emergency));
create policy caller on command.task to cityops_caller using (exists (select from command.emergency one where one.id = emergency));
