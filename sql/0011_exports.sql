-- Who took which features out, and how many: kept for ever.
create table cityops.export_record (
    id bigint generated always as identity primary key,
    who text not null,
    started_at timestamptz not null default clock_timestamp(),
    layer_id text not null,
    question text not null,
    format text not null,
    options text not null default '',
    rows bigint not null default 0,
    bytes bigint not null default 0,
    is_finished boolean not null default false,
    ended_at timestamptz
);
comment on column cityops.export_record.question is 'The canonical text of the question; empty = the whole layer.';
comment on column cityops.export_record.is_finished is 'False while it runs and for one that broke off, whose rows and bytes left the house all the same.';
