-- Co-ordination (吹哨): several departments at one case. It keeps its lead, the department that it was dispatched to; each of the others is called for a part of its own, with a
-- deadline of its own, and while a part is open the case is neither fed back as handled nor hung up.

-- The one table of what may happen to a part, as PartSteps.All says it; every start writes it anew.
create table cases.part_rule (
    step text not null,
    from_state text not null,
    to_state text not null,
    side text not null,
    needs_note boolean not null,
    primary key (step, from_state),
    constraint ck_part_rule_side check (side in ('called', 'caller'))
);
comment on column cases.part_rule.side is 'Who takes the step: the department that is called, or those who call.';

create table cases.part (
    fid bigint not null,
    number integer not null,
    department text not null,
    asked text not null,
    minutes integer not null,
    asked_at timestamptz not null,
    deadline timestamptz not null,
    warning timestamptz not null,
    who_id text,
    who text not null,
    state text not null default 'asked',
    changed_at timestamptz not null default clock_timestamp(),
    token uuid,
    constraint pk_part primary key (fid, number),
    constraint uq_part_token unique (token),
    constraint ck_part_number check (number > 0),
    constraint ck_part_asked check (length(btrim(asked)) between 1 and 2000),
    constraint ck_part_minutes check (minutes between 1 and 100000),
    constraint ck_part_state check (state in ('asked', 'accepted', 'refused', 'done', 'withdrawn'))
);
comment on table cases.part is 'What a department is called for at a case that another one leads. Only its state changes, by a step.';
comment on column cases.part.minutes is 'Working minutes that it has.';
comment on column cases.part.who is 'Who called; the name at that time.';
create unique index part_open on cases.part (fid, department) where state in ('asked', 'accepted');
create index part_waits on cases.part (department, deadline) where state in ('asked', 'accepted');
create index part_done on cases.part (department, changed_at) where state = 'done';

create table cases.part_step (
    fid bigint not null,
    part integer not null,
    number integer not null,
    at timestamptz not null,
    step text not null,
    from_state text not null,
    to_state text not null,
    who_id text,
    who text not null,
    note text,
    constraint pk_part_step primary key (fid, part, number),
    foreign key (fid, part) references cases.part,
    constraint ck_part_step_note check (length(note) between 1 and 2000)
);
comment on table cases.part_step is 'What happened to parts, in order; only added to.';

create function cases.caller_has(permission text) returns boolean language sql stable as $$
    select permission = any(string_to_array(coalesce(current_setting('cityops.permissions', true), ''), ','))
$$;

-- Is the caller one of a department's? Whoever is of no department handles what he sees.
create function cases.is_of(department text) returns boolean language sql stable as $$
    select current_setting('role', true) is distinct from 'cityops_caller' or cardinality(cityops.caller_codes('departments')) = 0 or coalesce(department = any(cityops.caller_departments()), false)
$$;

create function cases.handles_for(department text) returns boolean language sql stable as $$
    select cases.caller_has('HandleCases') and cases.is_of(department)
$$;

-- Who calls departments to a case: those who dispatch and supervise, and its lead.
create function cases.may_call(lead text) returns boolean language sql stable as $$
    select cases.caller_has('DispatchCases') or cases.caller_has('SuperviseCases') or cases.handles_for(lead)
$$;

-- SQLSTATEs as of moves (sql/0023).
create function cases.check_part() returns trigger language plpgsql as $$
declare
    stands record;
begin
    select one.status, one.department_code into stands from gis.cases one where one.fid = new.fid for update;
    if not found then
        raise exception 'There is no case %.', new.fid using errcode = 'CA404';
    end if;
    if cases.is_caller() and not cases.may_call(stands.department_code) then
        raise exception 'Departments are called to case % by those who dispatch and supervise, and by its lead.', new.fid using errcode = 'CA403';
    end if;
    if stands.status is null or stands.status not in ('dispatch', 'handle') then
        raise exception 'Case % is at %; departments are called while it is dispatched or handled.', new.fid, stands.status using errcode = 'CA422';
    end if;
    if new.department is not distinct from stands.department_code or not exists (select from gis.departments one where one.code = new.department) then
        raise exception 'Case % needs another department than its lead.', new.fid using errcode = 'CA424';
    end if;
    if new.number <> (select coalesce(max(one.number), 0) + 1 from cases.part one where one.fid = new.fid) then
        raise exception 'Part % of case % is not the next one.', new.number, new.fid using errcode = 'CA409';
    end if;
    if new.state <> 'asked' or new.deadline < new.asked_at or new.warning not between new.asked_at and new.deadline
        or cases.is_caller() and new.asked_at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 second' then
        raise exception 'A part of case % cannot begin like this.', new.fid using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert on cases.part for each row execute function cases.check_part();

-- The part is locked by its owner's right, which callers have not; the policies on both tables say who sees it.
create function cases.check_part_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    stands cases.part;
    rule cases.part_rule;
    lead text;
begin
    select * into stands from cases.part one where one.fid = new.fid and one.number = new.part for update;
    if not found then
        raise exception 'Case % has no part %.', new.fid, new.part using errcode = 'CA404';
    end if;
    if new.number <> (select coalesce(max(one.number), 0) + 1 from cases.part_step one where one.fid = new.fid and one.part = new.part) or new.from_state <> stands.state then
        raise exception 'Part % of case % has changed.', new.part, new.fid using errcode = 'CA409';
    end if;
    select * into rule from cases.part_rule one where one.step = new.step and one.from_state = new.from_state;
    if rule.step is null or rule.to_state <> new.to_state or rule.needs_note and coalesce(btrim(new.note), '') = '' then
        raise exception 'Part % of case % is %, from where % does not lead to %.', new.part, new.fid, stands.state, new.step, new.to_state using errcode = 'CA422';
    end if;
    select one.department_code into lead from gis.cases one where one.fid = new.fid;
    if cases.is_caller() and not (case rule.side when 'called' then cases.handles_for(stands.department) else cases.may_call(lead) end) then
        raise exception '% is not for you.', new.step using errcode = 'CA403';
    end if;
    if cases.is_caller() and new.at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 second' then
        raise exception 'A step of part % cannot be of %.', new.part, new.at using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert on cases.part_step for each row execute function cases.check_part_step();

create function cases.mirror_part_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('cases.stepping', 'on', true);
    update cases.part set state = new.to_state, changed_at = new.at where fid = new.fid and number = new.part;
    perform set_config('cases.stepping', 'off', true);
    perform cityops.touch_layer('cases');
    return null;
end
$$;
create trigger b_mirror after insert on cases.part_step for each row execute function cases.mirror_part_step();

-- Nothing but a step changes a part, and a step only its state.
create function cases.guard_part() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('cases.stepping', true), '') <> 'on' or not exists (
        select from cases.part_step one where one.fid = new.fid and one.part = new.number and one.to_state = new.state and one.at = new.changed_at)
        or to_jsonb(new) - 'state' - 'changed_at' is distinct from to_jsonb(old) - 'state' - 'changed_at' then
        raise exception 'Only a step changes part % of case %.', old.number, old.fid using errcode = 'check_violation', constraint = 'ck_part_state';
    end if;
    return new;
end
$$;
create trigger a_guard before update on cases.part for each row execute function cases.guard_part();
create trigger append_only before delete or truncate on cases.part for each statement execute function cityops.refuse_change();
create trigger append_only before update or delete or truncate on cases.part_step for each statement execute function cityops.refuse_change();

create function cases.tell_part() returns trigger language plpgsql as $$
begin
    perform cityops.touch_layer('cases');
    return null;
end
$$;
create trigger b_tell after insert on cases.part for each row execute function cases.tell_part();

-- A case with an open part is not fed back and not hung up; one that leaves its department for good takes its open parts along, withdrawn by whoever moved it.
create function cases.heed_parts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.from_stage in ('dispatch', 'handle') and new.to_stage in ('feedback', 'hang-up')
        and exists (select from cases.part one where one.fid = new.fid and one.state in ('asked', 'accepted')) then
        raise exception 'Departments are still at their part of case %.', new.fid using errcode = 'CA423';
    end if;
    if new.from_stage in ('dispatch', 'handle') and new.to_stage in ('file', 'void') then
        insert into cases.part_step (fid, part, number, at, step, from_state, to_state, who_id, who, note)
        select one.fid, one.number, (select coalesce(max(step.number), 0) + 1 from cases.part_step step where step.fid = one.fid and step.part = one.number),
            new.at, 'withdraw', one.state, 'withdrawn', new.who_id, new.who, coalesce(new.note, new.move)
        from cases.part one where one.fid = new.fid and one.state in ('asked', 'accepted');
    end if;
    return null;
end
$$;
create trigger b_parts after insert on cases.move for each row execute function cases.heed_parts();

-- Four eyes: who worked at a part neither says that the case is done nor closes it.
create or replace function cases.check_four_eyes() returns trigger language plpgsql as $$
begin
    if new.who_id is not null
        and exists (select from cases.move_rule rule where rule.move = new.move and rule.verifies)
        and (exists (select from cases.move made where made.fid = new.fid and made.who_id = new.who_id
                and made.move in (select rule.move from cases.move_rule rule where rule.permission = 'HandleCases'))
            or exists (select from cases.part_step made join cases.part_rule rule on rule.step = made.step and rule.from_state = made.from_state
                where made.fid = new.fid and made.who_id = new.who_id and rule.side = 'called')) then
        raise exception '% has handled case %, so somebody else verifies it.', new.who, new.fid using errcode = 'CA406';
    end if;
    return new;
end
$$;

-- The cases that the caller's departments are called to, while their part is open and for 30 days after it is done: they see these wherever they lie. Read past the policy
-- on parts, which asks for the case.
create function cases.called_cases() returns bigint[] language sql stable security definer set search_path = public, pg_temp as $$
    select array(
        select one.fid from cases.part one where one.department = any((select cityops.caller_departments())::text[]) and one.state in ('asked', 'accepted')
        union
        select one.fid from cases.part one where one.department = any((select cityops.caller_departments())::text[]) and one.state = 'done' and one.changed_at > now() - interval '30 days')
$$;

create or replace function cases.attach() returns void language plpgsql as $$
declare
    target text;
begin
    if not exists (select from pg_trigger where tgrelid = 'gis.cases'::regclass and tgname = 'a_guard') then
        create trigger a_guard before insert or update on gis.cases for each row execute function cases.guard();
        create constraint trigger d_keep after delete on gis.cases deferrable initially deferred for each row execute function cases.keep();
        create trigger a_truncate before truncate on gis.cases for each statement execute function cases.refuse_truncate();
    end if;
    -- Worked out once for a statement, and found by the primary key.
    drop policy if exists called on gis.cases;
    create policy called on gis.cases for select to cityops_caller using (fid = any((select cases.called_cases())::bigint[]));
    foreach target in array array['cases.move', 'cases.photo', 'cases.part', 'cases.part_step'] loop
        -- Not forced on the owner: he sees all anyway, and as such pg_restore holds the photos against the moves.
        execute format('alter table %s enable row level security', target);
        execute format('drop policy if exists caller on %s', target);
        execute format('drop policy if exists city on %s', target);
        -- Who sees a case sees what happened to it: the layer's own policies decide.
        execute format('create policy caller on %s to cityops_caller using (exists (select from gis.cases one where one.fid = %s.fid))', target, target);
        execute format('create policy city on %s to cityops_city using (true)', target);
        execute format('grant select, insert on %s to cityops_caller, cityops_city', target);
    end loop;
end
$$;
grant select on cases.part_rule to cityops_caller, cityops_city;

-- Open cases by when they are due, as CaseDue has it: the board reads a page of them in order. While a case is hung up nothing is due.
create or replace function cases.ensure_indexes() returns void language plpgsql as $$
begin
    create index if not exists cases_open on gis.cases (coalesce(stage_deadline, deadline)) where status in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'hang-up');
    create index if not exists cases_due on gis.cases ((case when status = 'hang-up' then null else coalesce(stage_deadline, deadline) end), fid)
        where status in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'hang-up');
end
$$;
