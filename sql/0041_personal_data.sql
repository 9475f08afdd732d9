-- Personal data: how long what is personal is kept, and what is taken out with a person (security.md, "Personal data"). Both are the product's own work.

alter table access.person add column taken_out_at timestamptz;
comment on column access.person.taken_out_at is 'The personal data were taken out: name and sign-in are a pseudonym, and nobody comes in by them again.';

-- Forgets what is older than a moment of its kind; how much that was. Thousands at a time, so that nobody waits for it: what is left is for the next round.
-- positions: where somebody was last. pictures: of scenes that never became a case, and of cameras that send none any more. sessions: that have ended, and what people were told and know of.
-- patrols: patrols, notes and what was worked out of tracks for each person; kept figures of assessments stay.
create function cityops.forget_personal(positions timestamptz, pictures timestamptz, sessions timestamptz, patrols timestamptz) returns table (what text, rows bigint)
language plpgsql as $$
declare
    most constant integer := 5000;
begin
    delete from cityops.officer_position one where one.at < positions;
    get diagnostics rows = row_count;
    what := 'positions';
    return next;

    delete from detections.picture one using (
        select kept.scene, kept.which from detections.picture kept join detections.scene on scene.fid = kept.scene
        where scene.case_fid is null and scene.status <> 'confirmed' and scene.last_seen < pictures limit most) old
    where (one.scene, one.which) = (old.scene, old.which);
    get diagnostics rows = row_count;
    what := 'pictures';
    return next;
    delete from cameras.snapshot one using (select kept.fid from cameras.snapshot kept where kept.at < pictures limit most) old where one.fid = old.fid;
    get diagnostics rows = row_count;
    what := 'snapshots';
    return next;

    delete from access.session one using (select kept.id from access.session kept where kept.ends_at < sessions limit most) old where one.id = old.id;
    get diagnostics rows = row_count;
    what := 'sessions';
    return next;
    delete from access.notice one where one.confirmed_at < sessions or one.settled_at < sessions;
    get diagnostics rows = row_count;
    what := 'notices';
    return next;

    delete from cityops.patrol_note one using (select kept.id from cityops.patrol_note kept where kept.at < patrols limit most) old where one.id = old.id;
    delete from cityops.patrol one using (select kept.id from cityops.patrol kept where coalesce(kept.ended_at, kept.begun_at) < patrols limit most) old where one.id = old.id;
    get diagnostics rows = row_count;
    what := 'patrols';
    return next;
    delete from cityops.grid_visit one using (select kept.day, kept.person_id, kept.grid_code from cityops.grid_visit kept where kept.day < patrols::date limit most) old
    where (one.day, one.person_id, one.grid_code) = (old.day, old.person_id, old.grid_code);
    get diagnostics rows = row_count;
    what := 'visits';
    return next;
    delete from cityops.track_day one where one.day < patrols::date;
end
$$;
revoke execute on function cityops.forget_personal(timestamptz, timestamptz, timestamptz, timestamptz) from public;

-- Takes the personal data of a person out, who is shut out already: sign-in, second step, sessions, roles, scope, views and tracks go; where the person did something, his number stays and
-- the name becomes the pseudonym. Histories are added to only, and their triggers are told to look away for this one thing; the audit log is not touched. What was changed, by table.
create function access.take_out_person(whose uuid, pseudonym text, shown text) returns jsonb language plpgsql as $$
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
        ('assessment.appeal', 'who_id', 'who'), ('assessment.appeal', 'answered_id', 'answered_by'), ('assessment.photo', 'who_id', 'who'), ('cameras.plan', 'owner_id', 'owner'),
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
revoke execute on function access.take_out_person(uuid, text, text) from public;
