-- What belongs to a person. Until there are accounts the owner is the id that a browser keeps in a cookie.

-- A page as it was, under a name: its address holds view, layers, question and selection.
create table cityops.saved_view (
    id bigint generated always as identity primary key,
    owner text not null,
    name text not null,
    address text not null,
    is_shared boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    constraint uq_saved_view unique (owner, name),
    constraint ck_saved_view_name check (length(name) between 1 and 100),
    -- Of this site alone: two slashes would lead to another.
    constraint ck_saved_view_address check (address ~ '^/([^/\\]|$)' and length(address) <= 8000)
);
comment on column cityops.saved_view.is_shared is 'Everybody may open it; only its owner may change it.';
create index saved_view_shared on cityops.saved_view (name) where is_shared;

-- The grids that a person looks after: codes of unit grids, or of communities, which stand for all their grids.
create table cityops.own_grid (
    owner text not null,
    code text not null,
    primary key (owner, code),
    constraint ck_own_grid_code check (code ~ '^[0-9A-Za-z]{12,15}$')
);
