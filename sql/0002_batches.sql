create table cityops.batch (
    id bigint generated always as identity primary key,
    layer_id text not null,
    state text not null default 'created',
    path text not null,
    file_hash text not null,
    settings jsonb not null default '{}',
    inspection jsonb not null default '{}',
    counts jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    published_at timestamptz,
    created_by text not null default current_user,
    note text,
    constraint ck_batch_state check (state in ('created', 'staging', 'staged', 'published', 'rolled-back', 'dropped'))
);
create index batch_file_hash on cityops.batch (file_hash);

create table cityops.batch_issue (
    batch_id bigint not null references cityops.batch on delete cascade,
    source_layer text not null,
    row_number bigint not null,
    code text not null,
    severity text not null,
    field text,
    value text,
    expected text,
    x double precision,
    y double precision,
    constraint ck_batch_issue_severity check (severity in ('note', 'warning', 'error'))
);
comment on column cityops.quarantine.record is 'The delivered values by the delivered field names.';
comment on column cityops.quarantine.key is 'Key of the feature, where it could be read: a refused row must not count as removed.';
comment on column cityops.batch_issue.x is 'Longitude, degrees (EPSG:4490).';
create index batch_issue_code on cityops.batch_issue (batch_id, code);

create table cityops.quarantine (
    batch_id bigint not null references cityops.batch on delete cascade,
    source_layer text not null,
    row_number bigint not null,
    record jsonb not null,
    key text,
    geom geometry(Geometry, 4490),
    mended jsonb,
    state text not null default 'waiting',
    primary key (batch_id, source_layer, row_number),
    constraint ck_quarantine_state check (state in ('waiting', 'mended', 'resent', 'dropped'))
);

create table cityops.mapping_profile (
    name text primary key,
    profile jsonb not null,
    changed_at timestamptz not null default now()
);
