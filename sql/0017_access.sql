-- Who may come in, what they may, and what they did. Passwords, keys and sessions are kept so that who reads a table cannot sign in with it:
-- passwords as PBKDF2 (ASP.NET Core Identity), keys and recovery codes as SHA-256 of random text, authenticator keys sealed by the product's key ring.
create schema access;

create table access.person (
    id uuid primary key,
    user_name text not null,
    normalized_user_name text not null,
    display_name text not null,
    password_hash text,
    security_stamp text not null,
    concurrency_stamp text not null,
    two_factor_enabled boolean not null default false,
    lockout_enabled boolean not null default true,
    lockout_end timestamptz,
    access_failed_count integer not null default 0,
    must_change_password boolean not null default false,
    is_disabled boolean not null default false,
    sees_whole_city boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    constraint uq_person_user_name unique (normalized_user_name),
    constraint ck_person_user_name check (length(user_name) between 1 and 64),
    constraint ck_person_display_name check (length(display_name) between 1 and 100)
);
comment on table access.person is 'People who sign in. Nobody is deleted, as the audit log names them: who leaves is disabled.';
comment on column access.person.password_hash is 'Null for people who come by single sign-on only.';
comment on column access.person.must_change_password is 'The password was given by somebody else; the next sign-in asks for another.';

-- Roles are defined in code (Role.All); here stands who has which.
create table access.person_role (
    person_id uuid not null references access.person,
    role text not null,
    primary key (person_id, role),
    constraint ck_person_role_role check (role ~ '^[a-z-]{1,40}$')
);

-- Where: codes with all that lies below them. Who has none and does not see the whole city sees nothing.
create table access.person_scope (
    person_id uuid not null references access.person,
    level text not null,
    code text not null,
    primary key (person_id, level, code),
    constraint ck_person_scope_level check (level in ('grid', 'community', 'subdistrict', 'district', 'department')),
    constraint ck_person_scope_code check (length(code) between 1 and 40)
);

-- People as other sign-ons know them (OpenID Connect).
create table access.person_login (
    login_provider text not null,
    provider_key text not null,
    provider_display_name text,
    user_id uuid not null references access.person,
    primary key (login_provider, provider_key)
);

-- Authenticator key, recovery codes, codes used last.
create table access.person_token (
    user_id uuid not null references access.person,
    login_provider text not null,
    name text not null,
    value text,
    primary key (user_id, login_provider, name)
);

create table access.session (
    id uuid primary key default gen_random_uuid(),
    person_id uuid not null references access.person,
    way text not null,
    address text,
    browser text,
    begun_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    ends_at timestamptz not null,
    ended_at timestamptz,
    constraint ck_session_way check (way in ('password', 'two-factor', 'single-sign-on'))
);
comment on column access.session.ends_at is 'However busy, it ends then.';
comment on column access.session.ended_at is 'Signed out, or ended by the person or an administrator.';
create index session_of_person on access.session (person_id) where ended_at is null;

create table access.api_key (
    id bigint generated always as identity primary key,
    name text not null,
    prefix text not null,
    hash bytea not null,
    permissions text[] not null,
    sees_whole_city boolean not null default false,
    made_by text not null,
    made_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    used_at timestamptz,
    used_from text,
    constraint uq_api_key_hash unique (hash),
    constraint ck_api_key_name check (length(name) between 1 and 100)
);
comment on column access.api_key.prefix is 'The beginning of the key, by which people know it again.';

create table access.api_key_scope (
    key_id bigint not null references access.api_key,
    level text not null,
    code text not null,
    primary key (key_id, level, code),
    constraint ck_api_key_scope_level check (level in ('grid', 'community', 'subdistrict', 'district', 'department')),
    constraint ck_api_key_scope_code check (length(code) between 1 and 40)
);

-- Keys with which ASP.NET Core seals cookies and forms; the same for all nodes on this database.
create table access.data_protection_key (
    id bigint generated always as identity primary key,
    name text not null,
    xml text not null,
    made_at timestamptz not null default clock_timestamp()
);

-- Who did what, when, from where; what was before and after. Only ever added to.
create table cityops.audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    kind text not null,
    who_id text,
    who text not null,
    address text,
    layer_id text,
    fid bigint,
    valid_from timestamptz,
    subject text,
    before jsonb,
    after jsonb,
    constraint ck_audit_entry_kind check (kind ~ '^[a-z-]{1,40}$')
);
comment on column cityops.audit_entry.who is 'The name at that time.';
comment on column cityops.audit_entry.valid_from is 'Beginning of the version of the feature that it brought: by it the history knows whose it is.';
comment on column cityops.audit_entry.subject is 'What it was about where that is no feature: a person, a key, a batch, the question of an export.';
create index audit_entry_at on cityops.audit_entry (at desc, id desc);
create index audit_entry_feature on cityops.audit_entry (layer_id, fid) where fid is not null;
create index audit_entry_who on cityops.audit_entry (who_id, id desc);

create index audit_entry_batch on cityops.audit_entry ((after ->> 'batch')) where kind = 'delivery-published';

-- Who made the versions of a feature: edits by the beginning of the version, imports by their batch, a deletion by neither. The names alone, so that callers
-- learn them without reading the log.
create function cityops.feature_authors(layer text, feature bigint, batches bigint[]) returns table (valid_from timestamptz, batch bigint, who text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    (select entry.valid_from, null::bigint, entry.who from cityops.audit_entry entry where entry.layer_id = layer and entry.fid = feature order by entry.id)
    union all
    (select null, (entry.after ->> 'batch')::bigint, entry.who from cityops.audit_entry entry
    where entry.kind = 'delivery-published' and entry.after ->> 'batch' = any(batches::text[]) order by entry.id)
$$;

-- For everyone, the owner and superusers included: a right that was revoked could be granted again without a trace.
create function cityops.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%.% is only added to', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete or truncate on cityops.audit_entry for each statement execute function cityops.refuse_change();
revoke all on cityops.audit_entry from public, cityops_caller, cityops_city;
grant insert on cityops.audit_entry to cityops_caller, cityops_city;
