-- Deliveries of people who see a part of the city: who made one, and where its rows may lie. Texts of a scope are level:code, as in access.person_scope;
-- null is the whole city.
alter table cityops.import_job add column started_by_id text, add column scope text[], add column asked_by text, add column asked_by_id text, add column asked_from text;
comment on column cityops.import_job.started_by_id is 'Who brought it, as the audit log names people and keys; a caller with a scope sees his own deliveries only.';
comment on column cityops.import_job.asked_by is 'Who asked for the task that waits or runs, under whom its end is written down.';
create index import_job_started_by on cityops.import_job (started_by_id, id);

alter table cityops.batch add column made_by text, add column made_by_id text, add column scope text[];
comment on column cityops.batch.scope is 'Where its rows may lie. Nothing outside is added, changed, moved or removed by it, whoever publishes it.';
