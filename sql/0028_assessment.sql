-- Assessment (考核评价). An indicator is a view that lists what is counted: a row for each case, or step of a case, that belongs to the denominator, and whether it counts for the
-- numerator. A rate, its ranking and the cases behind it are then one thing, asked for a period and an area. assessment.indicator says what each means, weighs and scores.
create schema assessment;
grant usage on schema assessment to cityops_caller, cityops_city;

create table assessment.indicator (
    id text primary key,
    object text not null,
    position integer not null,
    title_zh text not null,
    title_en text not null,
    formula_zh text not null,
    formula_en text not null,
    weight numeric not null,
    score_rule text not null,
    source text,
    constraint uq_indicator_position unique (object, position),
    constraint ck_indicator_object check (object in ('grid', 'department', 'collector', 'operator', 'shift-leader', 'dispatcher')),
    constraint ck_indicator_weight check (weight > 0 and weight <= 100),
    constraint ck_indicator_score_rule check (score_rule in ('rate', 'inverse', 'bands'))
);
comment on column assessment.indicator.id is 'Name of its view in this schema too.';
comment on column assessment.indicator.score_rule is 'rate: share × 100. inverse: (1 − share) × 100. bands: by the number of rows, see assessment.band.';
comment on column assessment.indicator.source is 'Where formula and weight come from; null: this project''s own.';

create table assessment.band (
    indicator text not null references assessment.indicator,
    area_type text,
    below numeric not null,
    score numeric not null,
    constraint uq_band unique nulls not distinct (indicator, area_type, below),
    constraint ck_band_score check (score between 0 and 100)
);
comment on table assessment.band is 'The first band whose limit is above the number gives the score. Those of an area type (unit_grids.management_level) come before the general ones (null).';

-- The five core aspects of 城市综合管理服务评价 by class of matter: the longest prefix counts. Public satisfaction goes by who reported instead. The lists of the evaluation were not
-- found, so this is the project's own.
create table assessment.aspect_class (
    class_table text not null,
    class_prefix text not null,
    aspect text not null,
    primary key (class_table, class_prefix),
    constraint ck_aspect_class_aspect check (aspect in ('clean', 'tidy', 'orderly', 'safe'))
);

-- Figures of a period that was closed; they never change again, whatever happens to cases, weights or rules.
create table assessment.period (
    id text primary key,
    begins timestamptz not null,
    ends timestamptz not null,
    closed_at timestamptz not null default now(),
    closed_by text not null,
    constraint ck_period_times check (begins < ends)
);
comment on column assessment.period.id is '2026-11, 2026-Q4 or 2026.';
create table assessment.figure (
    period text not null references assessment.period,
    kind text not null,
    aspect text not null,
    object text not null,
    indicator text not null,
    name text,
    counted bigint not null,
    of bigint not null,
    score numeric,
    weight numeric not null,
    primary key (period, kind, aspect, object, indicator)
);
comment on column assessment.figure.score is 'Null: not rated, because there was nothing to count.';
create trigger append_only before update or delete or truncate on assessment.period for each statement execute function cityops.refuse_change();
create trigger append_only before update or delete or truncate on assessment.figure for each statement execute function cityops.refuse_change();

-- Moves are found by time.
create index move_at on cases.move (at);

insert into assessment.indicator values
    ('grid-complaints', 'grid', 1, '监督举报率', 'Share of complaints',
        '公众举报的立案数 / 立案数', 'filed cases that the public reported / filed cases', 10, 'inverse', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('grid-filed', 'grid', 2, '立案数', 'Filed cases',
        '期内立案数', 'cases filed in the period', 20, 'bands', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('grid-closing', 'grid', 3, '结案率', 'Closing rate',
        '结案数 / 应结案数（结案数 + 超期未结案数）', 'closed / due (closed + overdue and not closed)', 30, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('grid-closing-on-time', 'grid', 4, '按期结案率', 'On-time closing rate',
        '按期结案数 / 应结案数', 'closed in time / due', 40, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('department-filed', 'department', 1, '立案数', 'Filed cases',
        '期内立案数', 'cases filed in the period', 10, 'bands', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('department-closing', 'department', 2, '结案率', 'Closing rate',
        '结案数 / 应结案数（结案数 + 超期未结案数）', 'closed / due (closed + overdue and not closed)', 30, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('department-handling-on-time', 'department', 3, '按期处置率', 'On-time handling rate',
        '按期处置数 / 应处置数（处置数 + 超时未处置数）', 'handled in time / due (handled + overdue and not handled)', 30, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('department-rework', 'department', 4, '返工率', 'Rework rate',
        '返工的案件数 / 应结案数', 'reworked cases / due', 30, 'inverse', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('collector-valid', 'collector', 1, '有效上报率', 'Valid-report rate',
        '有效上报数 / 已定上报数', 'filed or put right at once / reports that were decided on', 40, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('collector-confirmed-on-time', 'collector', 2, '按时核实率', 'On-time confirmation rate',
        '按时核实数 / 核实数', 'confirmed in time / confirmed', 20, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('collector-inspected-on-time', 'collector', 3, '按时核查率', 'On-time inspection rate',
        '按时核查数 / 核查数', 'inspected in time / inspected', 20, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('operator-accepted', 'operator', 1, '受理数', 'Accepted cases',
        '期内受理的公众举报数', 'reports of the public taken in', 25, 'bands', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('operator-confirmation-orders', 'operator', 2, '核实按时派发率', 'On-time issue of confirmation orders',
        '按时派发的核实任务数 / 派发的核实任务数', 'orders to confirm given in time / given', 40, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('operator-inspection-orders', 'operator', 3, '核查按时派发率', 'On-time issue of inspection orders',
        '按时派发的核查任务数 / 派发的核查任务数', 'orders to inspect given in time / given', 35, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('leader-filed-on-time', 'shift-leader', 1, '按时立案率', 'On-time filing rate',
        '按时立案数 / 立案数', 'filed in time / filed', 25, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('leader-filed-correctly', 'shift-leader', 2, '准确立案率', 'Correct filing rate',
        '(立案数 - 作废数) / 立案数', '(filed - void) / filed', 40, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('leader-closed-on-time', 'shift-leader', 3, '按时结案率', 'On-time closing rate',
        '按时结案数 / 结案数', 'closed in time / closed', 35, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('dispatcher-dispatched', 'dispatcher', 1, '派遣数', 'Dispatched cases',
        '期内派遣数', 'cases dispatched in the period', 20, 'bands', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('dispatcher-dispatched-on-time', 'dispatcher', 2, '按时派遣率', 'On-time dispatch rate',
        '按时派遣数 / 派遣数', 'dispatched in time / dispatched', 40, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice'),
    ('dispatcher-dispatched-correctly', 'dispatcher', 3, '准确派遣率', 'Correct dispatch rate',
        '(派遣数 - 返工数) / 派遣数', '(dispatched - reworked) / dispatched', 40, 'rate', 'GB/T 30428.4-2016, CJ/T 292-2008 in practice');

-- Numbers are whole: "below 1" is 0. The bands of departments overlap in the source; here each begins where the one before it ends. Beyond the last one the score is 0 where fewer is
-- better; where more is better the last one has no end.
insert into assessment.band values
    ('grid-filed', null, 1, 100), ('grid-filed', null, 3, 90), ('grid-filed', null, 5, 75), ('grid-filed', null, 7, 60), ('grid-filed', null, 9, 40), ('grid-filed', null, 'infinity', 0),
    ('grid-filed', '2', 1, 100), ('grid-filed', '2', 4, 90), ('grid-filed', '2', 6, 75), ('grid-filed', '2', 8, 60), ('grid-filed', '2', 10, 40), ('grid-filed', '2', 'infinity', 0),
    ('department-filed', null, 51, 100), ('department-filed', null, 101, 90), ('department-filed', null, 200, 75), ('department-filed', null, 500, 60), ('department-filed', null, 1000, 40), ('department-filed', null, 'infinity', 0);
insert into assessment.band
select indicator, null, below, score
from unnest(array['operator-accepted', 'dispatcher-dispatched']) indicator,
    (values (101, 0), (301, 40), (501, 60), (1201, 75), (2001, 90), ('infinity'::numeric, 100)) band(below, score);

insert into assessment.aspect_class values
    ('gbt47678.5-2026', '01', 'safe'), ('gbt47678.5-2026', '02', 'orderly'), ('gbt47678.5-2026', '02006', 'safe'), ('gbt47678.5-2026', '02007', 'safe'), ('gbt47678.5-2026', '02008', 'safe'),
    ('gbt47678.5-2026', '02009', 'safe'), ('gbt47678.5-2026', '03', 'clean'), ('gbt47678.5-2026', '03006', 'safe'), ('gbt47678.5-2026', '03007', 'tidy'), ('gbt47678.5-2026', '04', 'tidy'),
    ('gbt47678.5-2026', '06', 'clean'), ('gbt47678.5-2026', '07', 'tidy'), ('gbt47678.5-2026', '07003', 'safe'), ('gbt47678.5-2026', '08', 'orderly'), ('gbt47678.5-2026', '09', 'orderly'),
    ('gbt47678.5-2026', '09012', 'safe'), ('gbt47678.5-2026', '10', 'safe'),
    ('gbt30428.2-2013', '01', 'clean'), ('gbt30428.2-2013', '0101', 'tidy'), ('gbt30428.2-2013', '0107', 'tidy'), ('gbt30428.2-2013', '02', 'tidy'), ('gbt30428.2-2013', '03', 'orderly'),
    ('gbt30428.2-2013', '04', 'orderly'), ('gbt30428.2-2013', '05', 'safe'),
    ('cjt214-2007', '01', 'clean'), ('cjt214-2007', '0109', 'tidy'), ('cjt214-2007', '0113', 'tidy'), ('cjt214-2007', '02', 'tidy'), ('cjt214-2007', '0205', 'safe'), ('cjt214-2007', '03', 'orderly'),
    ('cjt214-2007', '04', 'safe'), ('cjt214-2007', '05', 'orderly'), ('cjt214-2007', '0511', 'tidy'), ('cjt214-2007', '0513', 'tidy');
-- What stands in view of the street is a matter of tidiness, not of cleanliness.
insert into assessment.aspect_class
select 'gbt47678.5-2026', code, 'tidy' from unnest(array['06001', '06002', '06003', '06004', '06005', '06006', '06007', '06008', '06009', '06019', '06034', '06035', '06036']) code;

create function assessment.aspect_of(class_table text, class_code text) returns text language sql stable as $$
    select one.aspect from assessment.aspect_class one
    where one.class_table = $1 and starts_with($2, one.class_prefix) order by length(one.class_prefix) desc limit 1
$$;

-- Makes the views over the layer's table, which is there only after the migrations; running it again changes nothing. Each has the columns
--   object   grid or department code, or the id of a person
--   fid      the case
--   at       when it is counted
--   counts   does it count for the numerator?
--   until    the row holds for periods that end no later: afterwards another row says how it went on. Null: for ever.
-- Views ask with the rights of who asks, so row-level security holds.
create function assessment.attach() returns void language plpgsql as $attach$
begin
    -- A case that is closed counts when it is closed. One whose time was up counts as not closed in every period that ends before it is closed.
    create or replace view assessment.due with (security_invoker = true) as
    select fid, grid_code, department_code, closed_at as at, true as is_closed, coalesce(handled_at, closed_at) <= coalesce(deadline, 'infinity') as is_on_time, null::timestamptz as until
    from gis.cases where closed_at is not null and status <> 'void'
    union all
    select fid, grid_code, department_code, deadline, false, false, closed_at
    from gis.cases where deadline is not null and filed_at is not null and status <> 'void' and (closed_at is null or closed_at > deadline);

    -- A move with the deadline that its stage had before it.
    create or replace view assessment.step with (security_invoker = true) as
    select made.fid, made.number, made.at, made.move, made.from_stage, made.to_stage, made.who_id, made.who, made.at <= coalesce(before.stage_deadline, 'infinity') as is_on_time
    from cases.move made join cases.move before on before.fid = made.fid and before.number = made.number - 1
    where made.who_id is not null;

    create or replace view assessment."grid-complaints" with (security_invoker = true) as
    select grid_code as object, fid, filed_at as at, case_source is not distinct from 'hotline' as counts, null::timestamptz as until from gis.cases where filed_at is not null and status <> 'void';
    create or replace view assessment."grid-filed" with (security_invoker = true) as
    select grid_code as object, fid, filed_at as at, true as counts, null::timestamptz as until from gis.cases where filed_at is not null and status <> 'void';
    create or replace view assessment."grid-closing" with (security_invoker = true) as
    select grid_code as object, fid, at, is_closed as counts, until from assessment.due;
    create or replace view assessment."grid-closing-on-time" with (security_invoker = true) as
    select grid_code as object, fid, at, is_on_time as counts, until from assessment.due;

    create or replace view assessment."department-filed" with (security_invoker = true) as
    select department_code as object, fid, filed_at as at, true as counts, null::timestamptz as until from gis.cases where filed_at is not null and status <> 'void';
    create or replace view assessment."department-closing" with (security_invoker = true) as
    select department_code as object, fid, at, is_closed as counts, until from assessment.due;
    create or replace view assessment."department-handling-on-time" with (security_invoker = true) as
    select department_code as object, fid, handled_at as at, handled_at <= coalesce(deadline, 'infinity') as counts, null::timestamptz as until
    from gis.cases where handled_at is not null and dispatched_at is not null and status <> 'void'
    union all
    select department_code, fid, deadline, false, handled_at
    from gis.cases where deadline is not null and dispatched_at is not null and status <> 'void' and (handled_at is null or handled_at > deadline);
    create or replace view assessment."department-rework" with (security_invoker = true) as
    select department_code as object, fid, at, exists (select from cases.move made where made.fid = due.fid and made.move = 'rework' and made.at <= due.at) as counts, until from assessment.due;

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

grant select on all tables in schema assessment to cityops_caller, cityops_city;
grant insert on assessment.period, assessment.figure to cityops_city;

-- Kept figures are seen by those who see what they tell of. Of people at work they are for the whole city's eyes.
alter table assessment.figure enable row level security;
create policy city on assessment.figure to cityops_city using (true);
create policy caller on assessment.figure for select to cityops_caller using (
    kind = 'department' and object = any((select cityops.caller_departments())::text[])
    or kind in ('grid', 'community', 'subdistrict', 'district') and (
        left(object, 6) = any((select cityops.caller_codes('districts'))::text[]) or left(object, 9) = any((select cityops.caller_codes('subdistricts'))::text[])
        or left(object, 12) = any((select cityops.caller_codes('communities'))::text[]) or object = any((select cityops.caller_codes('grids'))::text[])));
