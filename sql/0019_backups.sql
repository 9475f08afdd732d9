-- The backups that were made of this database, so that people and ./cityops doctor can see how old the latest is. A backup does not hold its own row.
create table cityops.backup (
    id bigint generated always as identity primary key,
    file text not null,
    bytes bigint not null,
    begun_at timestamptz not null,
    ended_at timestamptz not null default clock_timestamp(),
    made_by text not null default current_user,
    constraint ck_backup_bytes check (bytes > 0)
);
comment on column cityops.backup.file is 'Full path on the machine that made it; people move backups elsewhere, so it may not be there any more.';
create index backup_ended_at on cityops.backup (ended_at);
