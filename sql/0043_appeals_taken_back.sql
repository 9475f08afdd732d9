-- Who made an appeal takes it back as long as nobody has answered it. What it was about may be appealed again.
alter table assessment.appeal drop constraint ck_appeal_state, drop constraint ck_appeal_answer;
alter table assessment.appeal add constraint ck_appeal_state check (state in ('open', 'accepted', 'rejected', 'withdrawn')),
    add constraint ck_appeal_answer check (case state when 'open' then num_nonnulls(answer, answered_at, answered_id, answered_by) = 0 when 'withdrawn' then answer is null and answered_at is not null and answered_by is not null
        else coalesce(length(btrim(answer)), 0) >= 1 and length(answer) <= 1000 and answered_at is not null and answered_by is not null end);
comment on column assessment.appeal.answered_id is 'Who answered it; of one that was taken back, who made it.';
drop index assessment.appeal_once_case;
drop index assessment.appeal_once_check;
create unique index appeal_once_case on assessment.appeal (indicator, object, case_fid) where state in ('open', 'accepted') and case_fid is not null;
create unique index appeal_once_check on assessment.appeal (check_fid) where state in ('open', 'accepted') and check_fid is not null;

-- As in sql/0039, and: CA405 it was made by somebody else.
create or replace function assessment.check_appeal() returns trigger language plpgsql as $$
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
            raise exception 'An appeal is only answered, once, or taken back.' using errcode = 'CA422';
        end if;
        if new.state = 'withdrawn' then
            if new.answered_id is null or new.answered_id is distinct from old.who_id then
                raise exception 'Appeal % is taken back by % alone.', old.id, old.who using errcode = 'CA405';
            end if;
            return new;
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

create or replace function assessment.mirror_appeal() returns trigger language plpgsql as $$
begin
    if new.check_fid is not null and new.state <> 'rejected' then
        update gis.assessments set appeal = case new.state when 'withdrawn' then null else new.reason end, withdrawn = case new.state when 'accepted' then true else withdrawn end where fid = new.check_fid;
    end if;
    return null;
end
$$;
