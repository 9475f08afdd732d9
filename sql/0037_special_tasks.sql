-- Special tasks (专项任务): over an area and a time, a checklist for each unit grid of the area, ticked off by those who look after the grid.
create schema special;
grant usage on schema special to cityops_caller, cityops_city;

create sequence special.task_id;
grant usage on sequence special.task_id to cityops_caller, cityops_city;

create table special.task (
    id bigint primary key default nextval('special.task_id'),
    title text not null,
    brief text,
    begins timestamptz not null,
    ends timestamptz not null,
    made_at timestamptz not null default clock_timestamp(),
    who_id text,
    who text not null,
    withdrawn_at timestamptz,
    withdrawn_by text,
    token uuid,
    constraint uq_task_token unique (token),
    constraint ck_task_title check (length(btrim(title)) between 1 and 100),
    constraint ck_task_brief check (length(brief) <= 4000),
    constraint ck_task_ends check (ends > begins)
);
comment on column special.task.who is 'Who made it; the name at that time.';
create index task_ends on special.task (ends);

create table special.item (
    task bigint not null references special.task,
    number integer not null,
    asked text not null,
    class_code text,
    needs_photo boolean not null default false,
    constraint pk_item primary key (task, number),
    constraint ck_item_number check (number between 1 and 50),
    constraint ck_item_asked check (length(btrim(asked)) between 1 and 500)
);
comment on column special.item.class_code is 'Class of a case that is filed where it is not in order.';

-- The grids as they were when the task was made, stamped as features are, so that who sees a grid sees its part of the task.
create table special.grid (
    task bigint not null references special.task,
    grid_code text not null,
    community_code text not null,
    subdistrict_code text not null,
    district_code text not null,
    constraint pk_grid primary key (task, grid_code)
);
create index grid_code on special.grid (grid_code);

create table special.tick (
    task bigint not null,
    grid_code text not null,
    item integer not null,
    number integer not null,
    at timestamptz not null default clock_timestamp(),
    state text not null,
    who_id text,
    who text not null,
    note text,
    photos smallint not null default 0,
    case_fid bigint,
    token uuid,
    constraint pk_tick primary key (task, grid_code, item, number),
    foreign key (task, grid_code) references special.grid,
    foreign key (task, item) references special.item,
    constraint uq_tick_token unique (token),
    constraint ck_tick_state check (state in ('in-order', 'not-in-order', 'open')),
    constraint ck_tick_note check (length(note) between 1 and 2000),
    constraint ck_tick_photos check (photos between 0 and 9)
);
comment on table special.tick is 'What was said of an item in a grid, in order; only added to. The last one counts; open: it was ticked by mistake.';
comment on column special.tick.case_fid is 'The case that was filed of it.';

create table special.photo (
    id uuid primary key,
    task bigint not null,
    grid_code text not null,
    item integer not null,
    number integer not null,
    position smallint not null,
    bytes bytea not null,
    small bytea not null,
    foreign key (task, grid_code, item, number) references special.tick,
    constraint uq_photo_position unique (task, grid_code, item, number, position),
    constraint ck_photo_bytes check (substring(bytes for 3) = '\xffd8ff' and length(bytes) <= 4000000),
    constraint ck_photo_small check (substring(small for 3) = '\xffd8ff' and length(small) <= 200000)
);
alter table special.photo alter column bytes set storage external, alter column small set storage external;

-- SQLSTATEs as of cases (sql/0023): CA403 not for this person, CA404 there is none, CA409 somebody was faster, CA422 something is missing or not possible now.
create function special.check_task() returns trigger language plpgsql as $$
begin
    if cases.is_caller() and not cases.caller_has('SuperviseCases') then
        raise exception 'Special tasks are made and withdrawn by those who supervise.' using errcode = 'CA403';
    end if;
    if tg_op = 'UPDATE' and (old.withdrawn_at is not null or new.withdrawn_at is null
        or to_jsonb(new) - 'withdrawn_at' - 'withdrawn_by' is distinct from to_jsonb(old) - 'withdrawn_at' - 'withdrawn_by') then
        raise exception 'A special task is only withdrawn, once.' using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert or update on special.task for each row execute function special.check_task();
create trigger append_only before delete or truncate on special.task for each statement execute function cityops.refuse_change();

-- Items and grids come with their task, in its transaction.
create function special.check_piece() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from special.task one where one.id = new.task and one.xmin::text = pg_current_xact_id()::xid::text) then
        raise exception 'Nothing is added to a special task later.' using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert on special.item for each row execute function special.check_piece();
create trigger a_check before insert on special.grid for each row execute function special.check_piece();
create trigger append_only before update or delete or truncate on special.item for each statement execute function cityops.refuse_change();
create trigger append_only before update or delete or truncate on special.grid for each statement execute function cityops.refuse_change();

create function special.check_whole() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from special.item one where one.task = new.id) or not exists (select from special.grid one where one.task = new.id) then
        raise exception 'A special task has items and grids.' using errcode = 'CA422';
    end if;
    return null;
end
$$;
create constraint trigger c_whole after insert on special.task deferrable initially deferred for each row execute function special.check_whole();

create function special.check_tick() returns trigger language plpgsql as $$
declare
    one special.task;
    item special.item;
    last special.tick;
begin
    select * into one from special.task task where task.id = new.task;
    select * into item from special.item where special.item.task = new.task and special.item.number = new.item;
    if one.id is null or item.task is null or not exists (select from special.grid grid where grid.task = new.task and grid.grid_code = new.grid_code) then
        raise exception 'There is no item % for grid %.', new.item, new.grid_code using errcode = 'CA404';
    end if;
    if cases.is_caller() and not cases.caller_has('InspectCases') then
        raise exception 'Items are ticked off by those who inspect on the spot.' using errcode = 'CA403';
    end if;
    if one.withdrawn_at is not null or new.at < one.begins then
        raise exception 'The special task is withdrawn, or has not begun.' using errcode = 'CA422';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('special.tick ' || new.task || ' ' || new.grid_code, new.item));
    select * into last from special.tick tick where tick.task = new.task and tick.grid_code = new.grid_code and tick.item = new.item order by tick.number desc limit 1;
    if new.number <> coalesce(last.number, 0) + 1 then
        raise exception 'Item % of grid % was ticked meanwhile.', new.item, new.grid_code using errcode = 'CA409';
    end if;
    if new.state = coalesce(last.state, 'open') or new.state = 'not-in-order' and coalesce(btrim(new.note), '') = '' or item.needs_photo and new.state <> 'open' and new.photos = 0
        or cases.is_caller() and new.at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 second' then
        raise exception 'Item % of grid % needs more, or stands so already.', new.item, new.grid_code using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert on special.tick for each row execute function special.check_tick();
create trigger append_only before update or delete or truncate on special.tick for each statement execute function cityops.refuse_change();
create trigger append_only before update or delete or truncate on special.photo for each statement execute function cityops.refuse_change();

-- A tick says how many photos it has, and has them when its transaction ends.
create function special.count_photos() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (select count(*) from special.photo one where (one.task, one.grid_code, one.item, one.number) = (new.task, new.grid_code, new.item, new.number)) <> new.photos then
        raise exception 'A tick came without its photos.' using errcode = 'CA422';
    end if;
    return null;
end
$$;
create constraint trigger c_photos after insert on special.tick deferrable initially deferred for each row execute function special.count_photos();

create function special.check_photo() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from special.tick one where (one.task, one.grid_code, one.item, one.number) = (new.task, new.grid_code, new.item, new.number) and new.position between 1 and one.photos) then
        raise exception 'The tick has no photo %.', new.position using errcode = 'CA422';
    end if;
    return new;
end
$$;
create trigger a_check before insert on special.photo for each row execute function special.check_photo();

-- How each grid stands: items that are in order, not in order, and how many there are.
create view special.progress with (security_invoker = true) as
select grid.task, grid.grid_code, count(*)::int as items, count(*) filter (where last.state = 'in-order')::int as in_order, count(*) filter (where last.state = 'not-in-order')::int as not_in_order, max(last.at) as changed_at
from special.grid grid join special.item item on item.task = grid.task
left join lateral (
    select tick.state, tick.at from special.tick tick where tick.task = grid.task and tick.grid_code = grid.grid_code and tick.item = item.number order by tick.number desc limit 1
) last on true
group by grid.task, grid.grid_code;

do $$
declare
    target text;
begin
    foreach target in array array['special.task', 'special.item', 'special.grid', 'special.tick', 'special.photo'] loop
        execute format('alter table %s enable row level security', target);
        execute format('create policy city on %s to cityops_city using (true)', target);
        execute format('grant select, insert on %s to cityops_caller, cityops_city', target);
    end loop;
end
$$;
grant update (withdrawn_at, withdrawn_by) on special.task to cityops_caller, cityops_city;
grant select on special.progress to cityops_caller, cityops_city;
create policy caller on special.grid to cityops_caller using (
    district_code = any((select cityops.caller_codes('districts'))::text[]) or subdistrict_code = any((select cityops.caller_codes('subdistricts'))::text[])
    or community_code = any((select cityops.caller_codes('communities'))::text[]) or grid_code = any((select cityops.caller_codes('grids'))::text[]));
-- Whoever sees one of its grids sees a task; its grids come after it, so what is written is held to them at the end.
create policy caller on special.task for select to cityops_caller using (exists (select from special.grid grid where grid.task = id));
create policy caller_makes on special.task for insert to cityops_caller with check (true);
create policy caller_withdraws on special.task for update to cityops_caller using (exists (select from special.grid grid where grid.task = id));
create policy caller on special.item for select to cityops_caller using (exists (select from special.grid grid where grid.task = item.task));
create policy caller_makes on special.item for insert to cityops_caller with check (true);
create policy caller on special.tick to cityops_caller using (exists (select from special.grid grid where grid.task = tick.task and grid.grid_code = tick.grid_code));
create policy caller on special.photo to cityops_caller using (exists (select from special.grid grid where grid.task = photo.task and grid.grid_code = photo.grid_code));
