-- Four eyes: who handled a case neither says that its work is done nor closes it.
alter table cases.move_rule add column verifies boolean not null default false;
comment on column cases.move_rule.verifies is 'Not for somebody who made a move of those who handle cases, for this case.';

create function cases.check_four_eyes() returns trigger language plpgsql as $$
begin
    if new.who_id is not null
        and exists (select from cases.move_rule rule where rule.move = new.move and rule.verifies)
        and exists (select from cases.move made where made.fid = new.fid and made.who_id = new.who_id
            and made.move in (select rule.move from cases.move_rule rule where rule.permission = 'HandleCases')) then
        raise exception '% has handled case %, so somebody else verifies it.', new.who, new.fid using errcode = 'CA406';
    end if;
    return new;
end
$$;
create trigger a_four_eyes before insert on cases.move for each row execute function cases.check_four_eyes();
