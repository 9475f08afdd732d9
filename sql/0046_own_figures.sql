-- Who is rated at work sees his own figures (我的考核), and appeals against a step that counts for him. What he objects to is his and the centre's, not of every colleague who sees the case.

-- Moves of a person are found by the person.
create index move_of_person on cases.move (who_id, at) where who_id is not null;

-- Does the indicator rate people at work?
create function assessment.is_of_person(indicator text) returns boolean language sql stable as $$
    select exists (select from assessment.indicator one where one.id = $1 and one.object in ('collector', 'operator', 'shift-leader', 'dispatcher'))
$$;

-- Kept figures of a person: his own too.
create policy own on assessment.figure for select to cityops_caller using (
    kind in ('collector', 'operator', 'shift-leader', 'dispatcher') and object = (select cityops.caller_person()));

-- What an accepted appeal took out counts for nobody who counts, whoever may read the appeal: this view has its owner's eyes and tells no more than that.
create or replace view assessment.granted with (security_invoker = false) as
select indicator, object, case_fid as fid from assessment.appeal where state = 'accepted' and case_fid is not null;

comment on column assessment.appeal.object is 'The unit grid, the department or the person for whom the indicator counts the case.';

drop policy city on assessment.appeal;
create policy city on assessment.appeal to cityops_city using (not assessment.is_of_person(indicator) or (select assessment.is_of_centre()));
create policy own on assessment.appeal to cityops_caller, cityops_city using (assessment.is_of_person(indicator) and object = (select cityops.caller_person()));
drop policy city on assessment.photo;
create policy city on assessment.photo to cityops_city using (check_fid is not null or exists (select from assessment.appeal one where one.id = photo.appeal));

-- As in sql/0039, and: an appeal against a step of a person is seen by the centre alone, beside himself (policy own).
create or replace function assessment.attach_appeals() returns void language plpgsql as $$
begin
    if not exists (select from pg_trigger where tgrelid = 'gis.assessments'::regclass and tgname = 'a_guard') then
        create trigger a_guard before insert or update on gis.assessments for each row execute function assessment.guard_check();
    end if;
    drop policy if exists caller on assessment.appeal;
    drop policy if exists caller on assessment.photo;
    create policy caller on assessment.appeal to cityops_caller using ((not assessment.is_of_person(indicator) or (select assessment.is_of_centre())) and (
        appeal.case_fid is not null and exists (select from gis.cases one where one.fid = appeal.case_fid)
        or appeal.check_fid is not null and exists (select from gis.assessments one where one.fid = appeal.check_fid)));
    create policy caller on assessment.photo to cityops_caller using (
        photo.check_fid is not null and exists (select from gis.assessments one where one.fid = photo.check_fid)
        or photo.appeal is not null and exists (select from assessment.appeal one where one.id = photo.appeal));
end
$$;

-- As in sql/0043, and: against a step of a person only he himself appeals, in his own name.
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
            if object_kind is null then
                raise exception 'No appeals are made against %.', new.indicator using errcode = 'CA422';
            end if;
            if assessment.is_of_person(new.indicator) and (new.who_id is distinct from new.object or cases.is_caller() and new.object is distinct from cityops.caller_person()) then
                raise exception 'Against a step of a person he himself appeals.' using errcode = 'CA403';
            end if;
            execute format('select exists (select from assessment.%I v where v.fid = $1 and v.object = $2)', new.indicator) into is_counted using new.case_fid, new.object;
            if not is_counted then
                raise exception '% does not count case % for %.', new.indicator, new.case_fid, new.object using errcode = 'CA404';
            end if;
            select case object_kind when 'grid' then new.object end as grid_code, case object_kind when 'department' then new.object end as department_code into stands;
        end if;
        if cases.is_caller() and not assessment.is_of_person(new.indicator) and not assessment.is_assessed(stands.department_code, stands.grid_code) then
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

-- As in sql/0041, and: with a person his name goes from kept figures.
create or replace function access.take_out_person(whose uuid, pseudonym text, shown text) returns jsonb language plpgsql as $$
declare
    told jsonb := '{}';
    before access.person;
    target text;
    id_column text;
    name_column text;
    changed bigint;
begin
    perform set_config('lock_timeout', '5s', true);
    select * into strict before from access.person where id = whose for update;
    if not before.is_disabled then
        raise exception 'Person % still comes in.', whose using errcode = 'object_not_in_prerequisite_state';
    end if;

    for target, id_column, name_column in select * from (values
        ('cases.move', 'who_id', 'who'), ('cases.part', 'who_id', 'who'), ('cases.part_step', 'who_id', 'who'), ('devices.alarm', 'who_id', 'who'), ('detections.scene', 'decided_by_id', 'decided_by'),
        ('special.task', 'who_id', 'who'), ('special.tick', 'who_id', 'who'), ('command.emergency', 'who_id', 'who'), ('command.entry', 'who_id', 'who'),
        ('assessment.appeal', 'who_id', 'who'), ('assessment.appeal', 'answered_id', 'answered_by'), ('assessment.photo', 'who_id', 'who'), ('assessment.figure', 'object', 'name'), ('cameras.plan', 'owner_id', 'owner'),
        ('cityops.patrol', 'person_id', 'who'), ('cityops.patrol_note', 'person_id', 'who'), ('cityops.grid_visit', 'person_id', 'who'),
        ('cityops.batch', 'made_by_id', 'made_by'), ('cityops.import_job', 'started_by_id', 'started_by'), ('cityops.import_job', 'asked_by_id', 'asked_by')) places
    loop
        execute format('alter table %s disable trigger user', target);
        execute format('update %s set %I = $1 where %I = $2', target, name_column, id_column) using shown, whose::text;
        get diagnostics changed = row_count;
        execute format('alter table %s enable trigger user', target);
        told := told || case when changed > 0 then jsonb_build_object(target, coalesce((told ->> target)::bigint, 0) + changed) else '{}' end;
    end loop;

    -- Where the name alone was written down it is the person's only if nobody else is called so.
    if not exists (select from access.person other where other.id <> whose and other.display_name = before.display_name) then
        for target, name_column in select * from (values
            ('special.task', 'withdrawn_by'), ('command.emergency', 'closed_by'), ('command.task', 'who'), ('command.task', 'answered_by'), ('assessment.period', 'closed_by'),
            ('detections.scene', 'checked_by'), ('cityops.export_record', 'who'), ('access.api_key', 'made_by'), ('access.notice', 'settled_by')) places
        loop
            execute format('alter table %s disable trigger user', target);
            execute format('update %s set %I = $1 where %I = $2', target, name_column, name_column) using shown, before.display_name;
            get diagnostics changed = row_count;
            execute format('alter table %s enable trigger user', target);
            told := told || case when changed > 0 then jsonb_build_object(target, coalesce((told ->> target)::bigint, 0) + changed) else '{}' end;
        end loop;
    end if;

    delete from cityops.track_point where person_id = whose::text;
    get diagnostics changed = row_count;
    told := told || jsonb_build_object('cityops.track_point', changed);
    delete from cityops.officer_position where person_id = whose::text;
    delete from cityops.track_day where person_id = whose::text;
    -- Which grids were visited, and for how long, stands in figures of others; the way itself does not stay.
    update cityops.grid_visit set reach = null, first_at = null, last_at = null where person_id = whose::text;
    delete from cityops.saved_view where owner = whose::text and not is_shared;
    delete from cityops.own_grid where owner = whose::text;
    update cityops.import_job set asked_from = null where asked_by_id = whose::text;
    delete from access.notice where person_id = whose;
    delete from access.session where person_id = whose;
    delete from access.person_login where user_id = whose;
    delete from access.person_token where user_id = whose;
    delete from access.person_role where person_id = whose;
    delete from access.person_scope where person_id = whose;
    update access.person set user_name = pseudonym, normalized_user_name = upper(pseudonym), display_name = shown, password_hash = null, security_stamp = gen_random_uuid()::text,
        concurrency_stamp = gen_random_uuid()::text, two_factor_enabled = false, must_change_password = false, sees_whole_city = false, taken_out_at = clock_timestamp()
    where id = whose;
    return told;
end
$$;
