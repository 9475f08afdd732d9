-- Tasks of an emergency for single people, beside departments and grids; the log keeps what an answer says of a task as its own column, so that each reader has it in his words.
alter table command.task drop constraint ck_task_addressee, add constraint ck_task_addressee check (addressee in ('department', 'grid', 'person'));
comment on column command.task.code is 'Of a department, of a unit grid whose staff it is for, or the id of a person.';

alter table command.entry add column state text, add constraint ck_entry_state check (state is null or kind = 'answered' and state in ('taken', 'done'));
comment on column command.entry.state is 'Of an answer: what it makes of the task.';
alter table command.entry disable trigger append_only;
update command.entry set state = substring(said from ' → (taken|done)'), said = regexp_replace(said, ' → (taken|done)', '') where kind = 'answered' and said ~ ' → (taken|done)';
alter table command.entry enable trigger append_only;

-- Who may be given a task of an emergency: people who sign in and have to do with its area, or with a department, or with the whole city. Accounts are nothing that a caller reads, so
-- this tells who commands no more than ids and names.
create function command.people(which bigint) returns table (id text, name text) language sql stable security definer set search_path = public, pg_temp as $$
    select one.id::text, one.display_name
    from access.person one join command.emergency e on e.id = which and e.closed_at is null
    where not one.is_disabled and cases.caller_has('CommandEmergencies')
      and (current_setting('role', true) is distinct from 'cityops_caller' or e.districts && (select cityops.caller_codes('districts'))::text[] or e.subdistricts && (select cityops.caller_codes('subdistricts'))::text[]
        or e.communities && (select cityops.caller_codes('communities'))::text[] or e.grids && (select cityops.caller_codes('grids'))::text[] or cardinality((select cityops.caller_codes('departments'))::text[]) > 0)
      and (one.sees_whole_city or exists (select from access.person_scope scope where scope.person_id = one.id and case scope.level
        when 'district' then scope.code = any(e.districts) when 'subdistrict' then scope.code = any(e.subdistricts) when 'community' then scope.code = any(e.communities) when 'grid' then scope.code = any(e.grids) else true end))
$$;
revoke execute on function command.people(bigint) from public;
grant execute on function command.people(bigint) to cityops_caller, cityops_city;

-- A person's task is answered by that person alone (cityops.person says who asks).
create or replace function command.is_mine(addressee text, code text) returns boolean language sql stable as $$
    select case when addressee = 'person' then code = nullif(current_setting('cityops.person', true), '')
        when current_setting('role', true) is distinct from 'cityops_caller' then cases.caller_has('CommandEmergencies')
        when addressee = 'department' then code = any(cityops.caller_departments())
        else left(code, 6) = any(cityops.caller_codes('districts')) or left(code, 9) = any(cityops.caller_codes('subdistricts'))
            or left(code, 12) = any(cityops.caller_codes('communities')) or code = any(cityops.caller_codes('grids')) end
$$;

-- As in sql/0038, and a person has to be one of command.people (CA422).
create or replace function command.check_task() returns trigger language plpgsql as $$
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
        if new.addressee = 'person' and cases.is_caller() and not exists (select from command.people(new.emergency) one where one.id = new.code) then
            raise exception 'There is no person % who has to do with the emergency.', new.code using errcode = 'CA422';
        end if;
        return new;
    end if;
    if cases.is_caller() and not coalesce(command.is_mine(new.addressee, new.code), false) then
        raise exception 'The task is not for you.' using errcode = 'CA403';
    end if;
    if (old.state, new.state) not in (('sent', 'taken'), ('sent', 'done'), ('taken', 'done')) or to_jsonb(new) - '{state,answered_at,answered_by,answer}'::text[] is distinct from to_jsonb(old) - '{state,answered_at,answered_by,answer}'::text[] then
        raise exception 'A task is taken, then done.' using errcode = 'CA409';
    end if;
    return new;
end
$$;
