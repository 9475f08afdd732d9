-- Holidays and time limits are set by administrators of the whole city, on a page or by another client of the product.
create function cases.check_rule_change() returns trigger language plpgsql as $$
begin
    if cases.is_caller() and not 'Administer' = any(string_to_array(coalesce(current_setting('cityops.permissions', true), ''), ',')) then
        raise exception 'Holidays and time limits are set by administrators.' using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;
create trigger a_check before insert or update or delete on cases.holiday for each statement execute function cases.check_rule_change();
create trigger a_check before insert or update or delete on cases.time_limit for each statement execute function cases.check_rule_change();
grant insert, update, delete on cases.holiday, cases.time_limit to cityops_city;
alter table cases.time_limit add constraint ck_time_limit_class_prefix check (class_prefix ~ '^[0-9]{0,5}$') not valid;
