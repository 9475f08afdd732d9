-- Whoever's way of signing in was changed is told so in the product, which sends no messages: on the next page, in every session of his, until he says that he knows of it, or that it was
-- not he (OWASP ASVS 2.2.3). What it was stands in the audit log; whatever writes such an entry tells its person, by this one trigger.
create table access.notice (
    entry_id bigint primary key,
    person_id uuid not null references access.person,
    confirmed_at timestamptz,
    disputed_at timestamptz,
    settled_at timestamptz,
    settled_by text,
    constraint ck_notice_settled_at check (settled_at is null or disputed_at is not null)
);
comment on column access.notice.entry_id is 'Entry of the audit log: what was changed, when, by whom and from where. No foreign key, as entries never go, and the log refuses to be truncated by its own trigger.';
comment on column access.notice.confirmed_at is 'The person knows of it.';
comment on column access.notice.disputed_at is 'The person says that it was not he, nor anybody whom he asked: administrators are told.';
comment on column access.notice.settled_at is 'An administrator has seen to it.';
create index notice_of_person on access.notice (person_id, entry_id desc);
create index notice_unsettled on access.notice (entry_id) where disputed_at is not null and settled_at is null;

create function access.tell_person() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- A key belongs to nobody; who is told is in whose name it was made.
    insert into access.notice (entry_id, person_id)
    select new.id, one.id from access.person one where case new.kind when 'key-made' then one.id::text = new.who_id else one.user_name = new.subject end;
    return null;
end
$$;
-- Who signs in for the first time and chooses a password in place of the one he was given need not be told.
create trigger tell_person after insert on cityops.audit_entry for each row
    when (new.kind in ('password-changed', 'two-factor-changed', 'key-made') and new.after ->> 'chosenAtSignIn' is null) execute function access.tell_person();
