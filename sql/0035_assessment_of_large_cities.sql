-- Correct dispatches (准确派遣率), from those that came back, which are few, to the dispatch that they had: with 1.17 million cases a month takes 2 seconds. Each dispatch asked for its rework
-- before (sql/0028), for every month anew 15 seconds.
create index move_rework on cases.move (fid, number) where move = 'rework';

-- Makes the view in place of the one of assessment.attach(), after it; running it again changes nothing.
create function assessment.attach_dispatches() returns void language plpgsql as $attach$
begin
    create or replace view assessment."dispatcher-dispatched-correctly" with (security_invoker = true) as
    with back as (
        select fid, number, min(at) as at from (
            select rework.fid, rework.at, (select max(sent.number) from cases.move sent where sent.fid = rework.fid and sent.move = 'dispatch' and sent.number < rework.number) as number
            from cases.move rework where rework.move = 'rework') one
        group by fid, number
    )
    select made.who_id as object, made.fid, made.at, true as counts, back.at as until
    from assessment.step made left join back on back.fid = made.fid and back.number = made.number where made.move = 'dispatch'
    union all
    select made.who_id, made.fid, back.at, false, null from assessment.step made join back on back.fid = made.fid and back.number = made.number where made.move = 'dispatch';
    grant select on assessment."dispatcher-dispatched-correctly" to cityops_caller, cityops_city;
end
$attach$;
