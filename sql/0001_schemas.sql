-- gis: a table per layer, made from its definition. cityops: the product's own tables and functions. staging: an unlogged table per batch.
create extension if not exists postgis;
create schema if not exists gis;
create schema if not exists cityops;
create schema if not exists staging;

-- The layers that have a table, and the definition the table was made from.
create table cityops.layer (
    id text primary key,
    definition jsonb not null,
    version bigint not null default 1,
    changed_at timestamptz not null default now()
);
comment on column cityops.layer.version is 'Grows with every change of the layer''s features; part of a tile''s ETag.';

create table cityops.code_entry (
    list text not null,
    "table" text not null,
    kind text not null,
    code text not null,
    name_zh text not null,
    name_en text not null,
    major text,
    major_zh text,
    major_en text,
    geometry text,
    accuracy_m double precision,
    successor text,
    primary key (list, "table", kind, code)
);

-- Which department answers for a class of things: a local table, as no standard names one.
create table cityops.responsibility (
    class_prefix text not null,
    district_code text,
    department_code text not null,
    constraint uq_responsibility unique nulls not distinct (class_prefix, district_code)
);

create function cityops.touch_layer(layer_id text) returns void language sql as $$
    update cityops.layer set version = version + 1, changed_at = clock_timestamp() where id = layer_id
$$;
