-- Working hours are set as holidays and time limits are. What a week must be is asked at the end of the transaction, as it is written anew as a whole.
create trigger a_check before insert or update or delete on cases.working_hours for each statement execute function cases.check_rule_change();

create function cases.check_week() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from cases.working_hours where weekday = 1) then
        raise exception 'A Monday has no working hours; working days are counted by it.' using errcode = 'check_violation', constraint = 'ck_working_hours_monday';
    end if;
    if exists (select from cases.working_hours one join cases.working_hours other on other.weekday = one.weekday and other.from_time > one.from_time and other.from_time < one.to_time) then
        raise exception 'Working hours of a day overlap.' using errcode = 'check_violation', constraint = 'ck_working_hours_overlap';
    end if;
    return null;
end
$$;
create constraint trigger c_week after insert or update or delete on cases.working_hours deferrable initially deferred for each row execute function cases.check_week();
grant insert, update, delete on cases.working_hours to cityops_city;
