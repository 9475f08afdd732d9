-- Ratings of one aspect. The views of grids and departments tell what a case is about, so that a month of one aspect joins no cases again.
-- Views of a city's own need not have these columns, which stand after the others:
--   class_table, class_code   class of the case
--   case_source               who reported it

-- As in sql/0028, with them.
create or replace function assessment.attach() returns void language plpgsql as $attach$
begin
    -- A case that is closed counts when it is closed. One whose time was up counts as not closed in every period that ends before it is closed.
    create or replace view assessment.due with (security_invoker = true) as
    select fid, grid_code, department_code, closed_at as at, true as is_closed, coalesce(handled_at, closed_at) <= coalesce(deadline, 'infinity') as is_on_time, null::timestamptz as until,
        class_table, class_code, case_source
    from gis.cases where closed_at is not null and status <> 'void'
    union all
    select fid, grid_code, department_code, deadline, false, false, closed_at, class_table, class_code, case_source
    from gis.cases where deadline is not null and filed_at is not null and status <> 'void' and (closed_at is null or closed_at > deadline);

    -- A move with the deadline that its stage had before it.
    create or replace view assessment.step with (security_invoker = true) as
    select made.fid, made.number, made.at, made.move, made.from_stage, made.to_stage, made.who_id, made.who, made.at <= coalesce(before.stage_deadline, 'infinity') as is_on_time
    from cases.move made join cases.move before on before.fid = made.fid and before.number = made.number - 1
    where made.who_id is not null;

    create or replace view assessment."grid-complaints" with (security_invoker = true) as
    select grid_code as object, fid, filed_at as at, case_source is not distinct from 'hotline' as counts, null::timestamptz as until, class_table, class_code, case_source
    from gis.cases where filed_at is not null and status <> 'void';
    create or replace view assessment."grid-filed" with (security_invoker = true) as
    select grid_code as object, fid, filed_at as at, true as counts, null::timestamptz as until, class_table, class_code, case_source from gis.cases where filed_at is not null and status <> 'void';
    create or replace view assessment."grid-closing" with (security_invoker = true) as
    select grid_code as object, fid, at, is_closed as counts, until, class_table, class_code, case_source from assessment.due;
    create or replace view assessment."grid-closing-on-time" with (security_invoker = true) as
    select grid_code as object, fid, at, is_on_time as counts, until, class_table, class_code, case_source from assessment.due;

    create or replace view assessment."department-filed" with (security_invoker = true) as
    select department_code as object, fid, filed_at as at, true as counts, null::timestamptz as until, class_table, class_code, case_source from gis.cases where filed_at is not null and status <> 'void';
    create or replace view assessment."department-closing" with (security_invoker = true) as
    select department_code as object, fid, at, is_closed as counts, until, class_table, class_code, case_source from assessment.due;
    create or replace view assessment."department-handling-on-time" with (security_invoker = true) as
    select department_code as object, fid, handled_at as at, handled_at <= coalesce(deadline, 'infinity') as counts, null::timestamptz as until, class_table, class_code, case_source
    from gis.cases where handled_at is not null and dispatched_at is not null and status <> 'void'
    union all
    select department_code, fid, deadline, false, handled_at, class_table, class_code, case_source
    from gis.cases where deadline is not null and dispatched_at is not null and status <> 'void' and (handled_at is null or handled_at > deadline);
    create or replace view assessment."department-rework" with (security_invoker = true) as
    select department_code as object, fid, at, exists (select from cases.move made where made.fid = due.fid and made.move = 'rework' and made.at <= due.at) as counts, until, class_table, class_code, case_source
    from assessment.due;

    create or replace view assessment."collector-valid" with (security_invoker = true) as
    select report.who_id as object, report.fid, decided.at, decided.move <> 'void' as counts, null::timestamptz as until
    from cases.move report join assessment.step decided on decided.fid = report.fid and decided.from_stage = 'collect' and decided.move in ('file', 'self-handle', 'void')
    join gis.cases one on one.fid = report.fid and one.case_source = 'collector'
    where report.move = 'report' and report.who_id is not null;
    create or replace view assessment."collector-confirmed-on-time" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'confirm';
    create or replace view assessment."collector-inspected-on-time" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'inspect';

    create or replace view assessment."operator-accepted" with (security_invoker = true) as
    select report.who_id as object, report.fid, report.at, true as counts, null::timestamptz as until
    from cases.move report join gis.cases one on one.fid = report.fid and one.case_source = 'hotline' where report.move = 'report' and report.who_id is not null;
    create or replace view assessment."operator-confirmation-orders" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'ask-confirm';
    create or replace view assessment."operator-inspection-orders" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'ask-inspect';

    create or replace view assessment."leader-filed-on-time" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'file';
    -- It counts as right until it turns out to be wrong, and as wrong when that is found.
    create or replace view assessment."leader-filed-correctly" with (security_invoker = true) as
    select filed.who_id as object, filed.fid, filed.at, true as counts, wrong.at as until
    from assessment.step filed left join cases.move wrong on wrong.fid = filed.fid and wrong.move = 'void' where filed.move = 'file'
    union all
    select filed.who_id, filed.fid, wrong.at, false, null
    from assessment.step filed join cases.move wrong on wrong.fid = filed.fid and wrong.move = 'void' where filed.move = 'file';
    create or replace view assessment."leader-closed-on-time" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'close';

    create or replace view assessment."dispatcher-dispatched" with (security_invoker = true) as
    select who_id as object, fid, at, true as counts, null::timestamptz as until from assessment.step where move = 'dispatch';
    create or replace view assessment."dispatcher-dispatched-on-time" with (security_invoker = true) as
    select who_id as object, fid, at, is_on_time as counts, null::timestamptz as until from assessment.step where move = 'dispatch';
    create or replace view assessment."dispatcher-dispatched-correctly" with (security_invoker = true) as
    with sent as (
        select made.who_id, made.fid, made.at, (
            select min(back.at) from cases.move back where back.fid = made.fid and back.move = 'rework' and back.number > made.number
              and not exists (select from cases.move again where again.fid = made.fid and again.move = 'dispatch' and again.number > made.number and again.number < back.number)) as reworked_at
        from assessment.step made where made.move = 'dispatch')
    select who_id as object, fid, at, true as counts, reworked_at as until from sent
    union all
    select who_id, fid, reworked_at, false, null from sent where reworked_at is not null;

    -- What was found on the spot adds points or takes them; what was withdrawn on appeal does neither.
    create or replace view assessment.on_site with (security_invoker = true) as
    select fid, grid_code, department_code, points, period, nullif(aspect, '') as aspect from gis.assessments where points is not null and withdrawn is not true;
    grant select on all tables in schema assessment to cityops_caller, cityops_city;
    -- A month is a small part of all cases that ever were.
    create index if not exists cases_filed on gis.cases (filed_at);
    create index if not exists cases_closed on gis.cases (closed_at);
    create index if not exists cases_handled on gis.cases (handled_at);
    create index if not exists cases_due on gis.cases (deadline);
end
$attach$;
