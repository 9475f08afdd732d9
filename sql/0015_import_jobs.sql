-- Deliveries that people bring by the page, from the first byte of the upload to the batch that comes of them. Every open page reads its state here, and a
-- program that starts again goes on from here.
create table cityops.import_job (
    id bigint generated always as identity primary key,
    name text not null,
    folder text,
    manifest text,
    state text not null default 'uploading',
    task text not null default 'inspect',
    settings jsonb,
    sample jsonb,
    batch_id bigint references cityops.batch on delete cascade,
    step text,
    done bigint not null default 0,
    total bigint,
    refused bigint not null default 0,
    step_at timestamptz not null default clock_timestamp(),
    fault_zh text,
    fault_en text,
    attempts int not null default 0,
    is_cancelled boolean not null default false,
    started_by text,
    created_at timestamptz not null default clock_timestamp(),
    queued_at timestamptz,
    updated_at timestamptz not null default clock_timestamp(),
    constraint ck_import_job_state check (state in ('uploading', 'queued', 'running', 'found', 'staged', 'ended', 'interrupted', 'failed', 'cancelled')),
    constraint ck_import_job_task check (task in ('inspect', 'import', 'publish', 'roll-back', 'drop'))
);
comment on column cityops.import_job.folder is 'Name of the folder of uploads that holds its files; null for a batch begun by the command line.';
comment on column cityops.import_job.manifest is 'Hash of the names, sizes and times of its files: the same files dropped again go on with the same upload.';
comment on column cityops.import_job.sample is 'The layers of the delivery with their first rows, so that a mapping can be tried without reading the files again.';
comment on column cityops.import_job.started_by is 'Who brought it; null until people sign in.';
create unique index import_job_batch on cityops.import_job (batch_id);
create index import_job_manifest on cityops.import_job (manifest) where state = 'uploading';
create index import_job_waiting on cityops.import_job (queued_at) where state in ('queued', 'running');

create table cityops.upload (
    id uuid primary key default gen_random_uuid(),
    job_id bigint not null references cityops.import_job on delete cascade,
    path text not null,
    size bigint not null,
    received bigint not null default 0,
    constraint uq_upload_path unique (job_id, path),
    constraint ck_upload_received check (received between 0 and size)
);
comment on column cityops.upload.path is 'Path within the delivery, ''/'' between folders, made safe.';

-- A fault has a name of its own, so that a page can point to it on the map and in the list.
alter table cityops.batch_issue add column id bigint generated always as identity;
create index batch_issue_id on cityops.batch_issue (batch_id, id);
create index batch_issue_row on cityops.batch_issue (batch_id, source_layer, row_number);
comment on column cityops.quarantine.mended is 'What a person made of it: {"values": {delivered field: value}, "place": [longitude, latitude] or null}.';
