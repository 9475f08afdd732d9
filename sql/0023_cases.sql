-- Cases on their way through the stages (CJJ/T 106-2010). A case is a feature of the layer "cases"; what happens to it is a row of cases.move, and the feature mirrors its
-- last move: whoever writes gis.cases, by whatever path, cannot bring it to a stage that no move brought it to. Every start attaches this to the layer (cases.attach).
create schema cases;
grant usage on schema cases to cityops_caller, cityops_city;

-- The one table of allowed moves, as CaseMoves.All says it; every start writes it anew.
create table cases.move_rule (
    move text not null,
    from_stage text not null,
    to_stage text not null,
    permission text not null,
    needs text[] not null,
    opens text,
    answers text,
    primary key (move, from_stage),
    constraint ck_move_rule_needs check (needs <@ array['note', 'photo', 'department', 'delay'])
);
comment on column cases.move_rule.from_stage is 'Empty: there is no case yet.';
comment on column cases.move_rule.opens is 'A request that waits for an answer: confirm, inspect, delay, return, hang-up.';

create table cases.move (
    fid bigint not null,
    number integer not null,
    at timestamptz not null,
    move text not null,
    from_stage text not null,
    to_stage text not null,
    who_id text,
    who text not null,
    note text,
    department text,
    delay_minutes integer,
    request text,
    photos smallint not null default 0,
    deadline timestamptz,
    stage_deadline timestamptz,
    stage_warning timestamptz,
    token uuid,
    constraint pk_move primary key (fid, number),
    constraint uq_move_token unique (token),
    constraint ck_move_number check (number > 0),
    constraint ck_move_note check (length(note) between 1 and 2000),
    constraint ck_move_delay_minutes check (delay_minutes between 1 and 100000),
    constraint ck_move_photos check (photos between 0 and 9)
);
comment on table cases.move is 'What happened to cases, in order; only added to. A case that a delivery brought has no moves until somebody moves it: then the first row, take-over, says how it stood.';
comment on column cases.move.who is 'The name at that time.';
comment on column cases.move.department is 'Who handles it from this move on.';
comment on column cases.move.delay_minutes is 'Working minutes asked for or granted.';
comment on column cases.move.request is 'What is asked for and not answered after this move.';
comment on column cases.move.deadline is 'Until when it is to be handled, after this move (CaseClock).';
comment on column cases.move.token is 'Given by a sender that may send twice: the same move comes only once.';

create table cases.photo (
    id uuid primary key,
    fid bigint not null,
    number integer not null,
    position smallint not null,
    width integer not null,
    height integer not null,
    bytes bytea not null,
    small bytea not null,
    foreign key (fid, number) references cases.move,
    constraint uq_photo_position unique (fid, number, position),
    -- Re-encoded by the product: JPEG and nothing else.
    constraint ck_photo_bytes check (substring(bytes for 3) = '\xffd8ff' and length(bytes) <= 4000000),
    constraint ck_photo_small check (substring(small for 3) = '\xffd8ff' and length(small) <= 200000)
);
alter table cases.photo alter column bytes set storage external, alter column small set storage external;

-- When people work. Local time of the city (GisWebOptions.TimeZone); 24:00 ends a day.
create table cases.working_hours (
    weekday integer not null,
    from_time time not null,
    to_time time not null,
    primary key (weekday, from_time),
    constraint ck_working_hours_weekday check (weekday between 1 and 7),
    constraint ck_working_hours_times check (from_time < to_time)
);
comment on column cases.working_hours.weekday is 'ISO 8601: 1 is Monday.';
insert into cases.working_hours select day, part.from_time, part.to_time
from generate_series(1, 5) day, (values (time '08:00', time '12:00'), (time '14:30', time '17:30')) part(from_time, to_time);

create table cases.holiday (
    day date primary key,
    is_working boolean not null,
    name text not null
);
comment on table cases.holiday is 'Days that are other than their weekday: free, or worked (调休) with the hours of a Monday.';
-- As the State Council announces them each year; recalled, not read in the announcement.
insert into cases.holiday (day, is_working, name)
select day::date, false, name from (values
    ('2025-01-01', '2025-01-01', '元旦'), ('2025-01-28', '2025-02-04', '春节'), ('2025-04-04', '2025-04-06', '清明节'), ('2025-05-01', '2025-05-05', '劳动节'),
    ('2025-05-31', '2025-06-02', '端午节'), ('2025-10-01', '2025-10-08', '国庆节、中秋节'),
    ('2026-01-01', '2026-01-03', '元旦'), ('2026-02-15', '2026-02-23', '春节'), ('2026-04-04', '2026-04-06', '清明节'), ('2026-05-01', '2026-05-05', '劳动节'),
    ('2026-06-19', '2026-06-21', '端午节'), ('2026-09-25', '2026-09-27', '中秋节'), ('2026-10-01', '2026-10-07', '国庆节')
) free(first, last, name), generate_series(first::date, last::date, interval '1 day') day
union all
select day::date, true, '调休' from unnest(array[
    '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11', '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']) day;

-- How long a stage may take: the longest class prefix first, and the area's own rule before the general one.
create table cases.time_limit (
    class_prefix text not null,
    area_type text,
    stage text not null,
    amount integer not null,
    unit text not null,
    source text,
    constraint uq_time_limit unique nulls not distinct (class_prefix, area_type, stage),
    constraint ck_time_limit_stage check (stage in ('collect', 'file', 'dispatch', 'handle', 'feedback')),
    constraint ck_time_limit_amount check (amount between 1 and 10000),
    constraint ck_time_limit_unit check (unit in ('working-minute', 'working-hour', 'working-day', 'hour'))
);
comment on column cases.time_limit.area_type is 'Management level of the unit grid (unit_grids.management_level); null: any.';
comment on column cases.time_limit.unit is 'A working day is as long as a Monday. "hour" runs day and night.';
comment on column cases.time_limit.source is 'Where the number comes from; null: this project''s own.';
insert into cases.time_limit values
    ('', null, 'collect', 30, 'working-minute', null), ('', null, 'file', 30, 'working-minute', null), ('', null, 'dispatch', 2, 'working-hour', null),
    ('', null, 'handle', 3, 'working-day', null), ('', null, 'feedback', 4, 'working-hour', null),
    ('06001', null, 'handle', 15, 'working-day', '济源市'), ('06010', null, 'handle', 1, 'working-hour', '济源市'), ('06011', null, 'handle', 4, 'working-hour', '济源市'),
    ('06012', null, 'handle', 5, 'working-hour', '济源市'), ('06030', null, 'handle', 15, 'working-hour', '济源市');
insert into cases.time_limit
select code, null, 'handle', 6, 'hour', '广州市井盖' from unnest(array['01001', '01002', '01003', '01005', '01006', '01007', '01008', '01009', '01010', '01011', '01012', '01014', '01015', '01017',
    '01018', '01019', '01020', '01021', '01022', '01023']) code;

create table cases.day_serial (day date primary key, last integer not null);

-- A number for a new case: C for a component or E for an event, the class, the day, a serial. Whoever has the next one waits until this transaction ends.
create function cases.next_number(kind text, class_code text, on_day date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    serial integer;
    number text;
begin
    loop
        insert into cases.day_serial values (on_day, 1) on conflict (day) do update set last = cases.day_serial.last + 1 returning last into serial;
        number := kind || class_code || to_char(on_day, 'YYYYMMDD') || to_char(serial, 'FM00000');
        -- Deliveries may have brought numbers of the same form.
        exit when not cityops.key_is_taken('cases', 'case_number', number, null);
    end loop;
    return number;
end
$$;

-- Whom a new case falls to: by its class (cityops.responsibility), else as its component does: its department, its owner unit, its maintenance unit.
create function cases.likely_department(class_code text, district text, component text) returns text
language plpgsql stable as $$
declare
    found text;
begin
    select code into found from cityops.responsible_department(class_code, district);
    if found is null and component is not null then
        select dept.code into found
        from gis.components one cross join unnest(array[one.department_code, one.owner_code, one.maintainer_code]) with ordinality unit(code, rank) join gis.departments dept on dept.code = unit.code
        where one.code = component order by unit.rank limit 1;
    end if;
    return found;
end
$$;

create function cases.is_caller() returns boolean language sql stable as $$
    select current_setting('role', true) in ('cityops_caller', 'cityops_city')
$$;

-- Before a move is written: is it one of the table, from the stage the case is at, by someone who may, with what it needs? SQLSTATEs: CA404 no such case, CA409 somebody
-- was faster, CA403 not for this person, CA422 not in the table or something is missing.
create function cases.check_move() returns trigger language plpgsql as $$
declare
    stands record;
    last cases.move;
    rule cases.move_rule;
begin
    select one.status, one.department, one.department_code, one.request, one.deadline, one.stage_deadline, one.stage_warning into stands from gis.cases one where one.fid = new.fid for update;
    if not found then
        raise exception 'There is no case %.', new.fid using errcode = 'CA404';
    end if;
    select * into last from cases.move one where one.fid = new.fid order by one.number desc limit 1;
    if new.number <> coalesce(last.number, 0) + 1 then
        raise exception 'Case % has had % moves, so the next one is not number %.', new.fid, coalesce(last.number, 0), new.number using errcode = 'CA409';
    end if;
    if new.move = 'take-over' and new.number = 1 and new.from_stage = '' and new.to_stage = stands.status and new.at <= clock_timestamp()
        and (new.department, new.request, new.deadline, new.stage_deadline, new.stage_warning) is not distinct from (stands.department, stands.request, stands.deadline, stands.stage_deadline, stands.stage_warning) then
        return new;
    end if;
    select * into rule from cases.move_rule one where one.move = new.move and one.from_stage = new.from_stage;
    if rule.move is null or rule.to_stage <> new.to_stage
        or (case new.from_stage when '' then last.fid is not null or stands.status is distinct from new.to_stage else stands.status is distinct from new.from_stage end) then
        raise exception 'Case % is at %, from where % does not lead to %.', new.fid, stands.status, new.move, new.to_stage using errcode = 'CA422';
    end if;
    if cases.is_caller() and not rule.permission = any(string_to_array(coalesce(current_setting('cityops.permissions', true), ''), ',')) then
        raise exception '% needs the permission %.', new.move, rule.permission using errcode = 'CA403';
    end if;
    -- Someone who is of departments does the work of these, whatever else he sees.
    if rule.permission = 'HandleCases' and current_setting('role', true) = 'cityops_caller' and cardinality(cityops.caller_codes('departments')) > 0
        and not coalesce(stands.department_code, '') = any(cityops.caller_departments()) then
        raise exception 'Case % is not for your department.', new.fid using errcode = 'CA403';
    end if;
    if 'note' = any(rule.needs) and coalesce(btrim(new.note), '') = '' or 'photo' = any(rule.needs) and new.photos = 0
        or 'delay' = any(rule.needs) and new.delay_minutes is null
        or 'department' = any(rule.needs) and not exists (select from gis.departments one where one.code = new.department) then
        raise exception '% needs %.', new.move, array_to_string(rule.needs, ', ') using errcode = 'CA422';
    end if;
    if rule.answers is not null and rule.answers is distinct from last.request then
        raise exception '% answers a request that nobody has made.', new.move using errcode = 'CA422';
    end if;
    if rule.opens is not null and last.request is not null then
        raise exception 'The request % waits for its answer.', last.request using errcode = 'CA422';
    end if;
    if new.at < last.at or cases.is_caller() and new.at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 second' then
        raise exception 'A move of case % cannot be of %.', new.fid, new.at using errcode = 'CA422';
    end if;
    new.request := case when rule.opens is not null then rule.opens when rule.answers is null and new.from_stage = new.to_stage then last.request end;
    if not 'department' = any(rule.needs) then
        new.department := stands.department;
    end if;
    if not 'delay' = any(rule.needs) then
        new.delay_minutes := null;
    end if;
    return new;
end
$$;

-- After it is written: the feature mirrors it.
create function cases.mirror_move() returns trigger language plpgsql as $$
begin
    update gis.cases set
        status = new.to_stage, department = new.department, request = new.request, deadline = new.deadline, stage_deadline = new.stage_deadline,
        stage_warning = new.stage_warning, batch_id = null,
        filed_at = case when new.from_stage = 'collect' and new.to_stage in ('file', 'close') then new.at else filed_at end,
        dispatched_at = case when new.to_stage = 'file' then null when new.to_stage = 'dispatch' and new.from_stage <> 'dispatch' then new.at else dispatched_at end,
        handled_at = case when new.to_stage in ('dispatch', 'handle') then null when new.to_stage in ('feedback', 'close') then coalesce(handled_at, new.at) else handled_at end,
        closed_at = case when new.to_stage = 'close' then new.at else closed_at end
    where fid = new.fid
      and (new.from_stage <> new.to_stage and new.from_stage <> ''
        or (department, request, deadline, stage_deadline, stage_warning) is distinct from (new.department, new.request, new.deadline, new.stage_deadline, new.stage_warning));
    return null;
end
$$;

create trigger a_check before insert on cases.move for each row execute function cases.check_move();
create trigger b_mirror after insert on cases.move for each row execute function cases.mirror_move();
create trigger append_only before update or delete or truncate on cases.move for each statement execute function cityops.refuse_change();
create trigger append_only before update or delete or truncate on cases.photo for each statement execute function cityops.refuse_change();

-- A move says how many photos it has, and has them when its transaction ends: none can be added later.
create function cases.check_photo() returns trigger language plpgsql as $$
begin
    if not exists (select from cases.move one where one.fid = new.fid and one.number = new.number and new.position between 1 and one.photos) then
        raise exception 'Move % of case % has no photo %.', new.number, new.fid, new.position using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert on cases.photo for each row execute function cases.check_photo();

create function cases.count_photos() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (select count(*) from cases.photo one where one.fid = new.fid and one.number = new.number) <> new.photos then
        raise exception 'Move % of case % came without its photos.', new.number, new.fid using errcode = 'CA422';
    end if;
    return null;
end
$$;
create constraint trigger c_photos after insert on cases.move deferrable initially deferred for each row execute function cases.count_photos();

-- Before a row of the layer is written, by whatever path, bulk writes included.
create function cases.guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    last cases.move;
    is_direct boolean := pg_trigger_depth() = 1;
begin
    select * into last from cases.move one where one.fid = case tg_op when 'UPDATE' then old.fid else new.fid end order by one.number desc limit 1;
    if tg_op = 'INSERT' and last.fid is null then
        -- Deliveries and the product take cases over as they stand; people begin at the beginning.
        if cases.is_caller() and (new.status is distinct from 'collect' or num_nonnulls(new.filed_at, new.dispatched_at, new.handled_at, new.closed_at, new.request) > 0) then
            raise exception 'A new case begins at the stage collect.' using errcode = 'check_violation', constraint = 'ck_cases_status';
        end if;
        return new;
    end if;
    if tg_op = 'UPDATE' and last.fid is null then
        if is_direct and (new.status is distinct from old.status or cases.is_caller()
            and (new.department, new.request, new.deadline, new.stage_deadline, new.stage_warning, new.filed_at, new.dispatched_at, new.handled_at, new.closed_at)
                is distinct from (old.department, old.request, old.deadline, old.stage_deadline, old.stage_warning, old.filed_at, old.dispatched_at, old.handled_at, old.closed_at)) then
            raise exception 'Only a move changes the stage of a case.' using errcode = 'check_violation', constraint = 'ck_cases_status';
        end if;
        return new;
    end if;
    if new.fid <> last.fid or (new.status, new.department, new.request, new.deadline, new.stage_deadline, new.stage_warning)
            is distinct from (last.to_stage, last.department, last.request, last.deadline, last.stage_deadline, last.stage_warning)
        or tg_op = 'UPDATE' and is_direct and (new.case_number, new.occurred_at, new.filed_at, new.dispatched_at, new.handled_at, new.closed_at)
            is distinct from (old.case_number, old.occurred_at, old.filed_at, old.dispatched_at, old.handled_at, old.closed_at) then
        raise exception 'Only a move changes the stage, the department or a time of case %.', new.case_number using errcode = 'check_violation', constraint = 'ck_cases_status';
    end if;
    return new;
end
$$;

-- Asked at the end of the transaction: a row that changes its partition, or that a delivery writes anew, is deleted for a moment.
create function cases.keep() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from gis.cases one where one.fid = old.fid) and (cases.is_caller() or exists (select from cases.move one where one.fid = old.fid)) then
        raise exception 'Case % is not deleted; it can be made void.', old.case_number using errcode = 'check_violation', constraint = 'ck_cases_status';
    end if;
    return null;
end
$$;

create function cases.refuse_truncate() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from cases.move) then
        raise exception 'Cases with a history are not deleted.' using errcode = 'check_violation', constraint = 'ck_cases_status';
    end if;
    return null;
end
$$;

-- Puts the guards on the layer's table and the locks on moves and photos; running it again changes nothing.
create function cases.attach() returns void language plpgsql as $$
declare
    target text;
begin
    if not exists (select from pg_trigger where tgrelid = 'gis.cases'::regclass and tgname = 'a_guard') then
        create trigger a_guard before insert or update on gis.cases for each row execute function cases.guard();
        create constraint trigger d_keep after delete on gis.cases deferrable initially deferred for each row execute function cases.keep();
        create trigger a_truncate before truncate on gis.cases for each statement execute function cases.refuse_truncate();
    end if;
    foreach target in array array['cases.move', 'cases.photo'] loop
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
grant select on cases.move_rule, cases.working_hours, cases.holiday, cases.time_limit to cityops_caller, cityops_city;
