-- What lists of cases are found by. Open cases are few among all that ever were.
create function cases.ensure_indexes() returns void language plpgsql as $$
begin
    create index if not exists cases_open on gis.cases (coalesce(stage_deadline, deadline)) where status in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'hang-up');
end
$$;
