namespace CityOps.Gis.Testing;

/// <summary>Deadlines of all cases that have moved, worked out from <c>cases.move</c> by SQL alone: working time as ranges, their running sum, and the range in which it reaches the limit.</summary>
public static class CaseOracle
{
    /// <summary>Fid, deadline of handling, deadline and warning of the stage, after the last move.</summary>
    public const string Deadlines = """
        with last as (
            select distinct on (fid) fid, number, to_stage, at from cases.move order by fid, number desc
        ), spell as (
            select fid, number, at, to_stage, from_stage <> to_stage as enters, coalesce(lead(at) over (partition by fid order by number), 'infinity') as until, move, from_stage, delay_minutes from cases.move
        ), dispatched as (
            select fid, max(number) as number from spell where from_stage = 'file' and to_stage = 'dispatch' group by fid
        ), going as (
            select one.fid, one.number from dispatched one
            where not exists (select from spell later where later.fid = one.fid and later.number > one.number and later.to_stage in ('file', 'void'))
        ), rule as (
            select c.fid, stage.stage, found.amount, found.unit
            from gis.cases c cross join unnest(array['collect', 'file', 'dispatch', 'handle', 'feedback']) stage(stage)
            cross join lateral (
                select amount, unit from cases.time_limit l
                where l.stage = stage.stage and starts_with(c.class_code, l.class_prefix)
                  and (l.area_type is null or l.area_type = (select management_level from gis.unit_grids g where g.code = c.grid_code))
                order by length(l.class_prefix) desc, l.area_type nulls last limit 1) found
        ), length as (
            select fid, stage, unit = 'hour' as always, amount * case unit when 'working-minute' then interval '1 minute' when 'working-day' then (select sum(to_time - from_time) from cases.working_hours where weekday = 1)
                else interval '1 hour' end as amount
            from rule
        ), clock as (
            select going.fid, 'handling' as what, length.always,
                length.amount + coalesce((select sum(delay_minutes) * interval '1 minute' from spell where spell.fid = going.fid and move = 'grant-delay' and spell.number > going.number), interval '0') as need
            from going join length on length.fid = going.fid and length.stage = 'handle'
            union all
            select last.fid, 'stage', length.always, length.amount
            from last join length on length.fid = last.fid and length.stage = last.to_stage where last.to_stage <> 'handle'
        ), run as (
            select spell.fid, 'handling' as what, tstzrange(spell.at, case when spell.number = max(spell.number) over (partition by spell.fid) then 'infinity' else spell.until end) as during
            from spell join going on going.fid = spell.fid and spell.number >= going.number where spell.to_stage in ('dispatch', 'handle')
            union all
            (select distinct on (spell.fid) spell.fid, 'stage', tstzrange(spell.at, 'infinity') from spell where spell.enters order by spell.fid, spell.number desc)
        ), day as (
            select day::date as day, extract(isodow from day)::int as weekday
            from generate_series((select min(at) from spell) - interval '2 days', (select max(at) from spell) + interval '200 days', interval '1 day') day
        ), slot as (
            select tstzrange((day.day + from_time) at time zone 'Asia/Shanghai', (day.day + to_time) at time zone 'Asia/Shanghai') as during
            from day left join cases.holiday free on free.day = day.day
            join cases.working_hours hours on hours.weekday = case when free.is_working then 1 when free.is_working is null then day.weekday end
        ), piece as (
            select clock.fid, clock.what, clock.need, run.during * slot.during as during
            from clock join run using (fid, what) join slot on slot.during && run.during where not clock.always
            union all
            select clock.fid, clock.what, clock.need, run.during * tstzrange(null, (select max(at) from spell) + interval '900 days') from clock join run using (fid, what) where clock.always
        ), summed as (
            select fid, what, need, during, sum(upper(during) - lower(during)) over (partition by fid, what order by lower(during)) as ran from piece where not isempty(during)
        ), reached as (
            select fid, what, min(upper(during) - (ran - need)) filter (where ran >= need) as at, min(upper(during) - (ran - need * 0.8)) filter (where ran >= need * 0.8) as warned
            from summed group by fid, what
        )
        select last.fid, handling.at, coalesce(stage.at, case when last.to_stage = 'handle' then handling.at end), coalesce(stage.warned, case when last.to_stage = 'handle' then handling.warned end)
        from last left join reached handling on handling.fid = last.fid and handling.what = 'handling' left join reached stage on stage.fid = last.fid and stage.what = 'stage'
        order by last.fid
        """;

    /// <summary>The same as stored with the last move of each case.</summary>
    public const string Stored = "select distinct on (fid) fid, deadline, stage_deadline, stage_warning from cases.move order by fid, number desc";

    /// <summary>Moves that the table does not allow, or that do not go on from where the one before ended; there must be none.</summary>
    public const string Breaches = """
        select one.fid, one.number, one.move, one.from_stage, one.to_stage
        from (select *, lag(to_stage) over (partition by fid order by number) as before, lag(request) over (partition by fid order by number) as waiting, row_number() over (partition by fid order by number) as place from cases.move) one
        left join cases.move_rule rule on rule.move = one.move and rule.from_stage = one.from_stage and rule.to_stage = one.to_stage
        where one.number <> one.place or one.from_stage <> coalesce(one.before, '') or rule.move is null and not (one.move = 'take-over' and one.number = 1)
           or rule.answers is not null and rule.answers is distinct from one.waiting
        union all
        select c.fid, 0, 'feature', c.status, last.to_stage
        from gis.cases c join (select distinct on (fid) fid, to_stage, deadline, stage_deadline, request from cases.move order by fid, number desc) last using (fid)
        where (c.status, c.deadline, c.stage_deadline, c.request) is distinct from (last.to_stage, last.deadline, last.stage_deadline, last.request)
        """;
}
