-- The event log of each vendor: gapless, chained by hash.
create table chain (
    vendor_id blob not null primary key,
    seq integer not null,
    hash blob not null
) strict;

create table event (
    id blob not null primary key,
    vendor_id blob not null,
    seq integer not null,
    at integer not null,
    actor text not null,
    actor_id blob,
    kind text not null,
    subject text not null,
    program_id blob,
    partner_id blob,
    keys text not null,
    data text not null,
    prev_hash blob not null,
    hash blob not null
) strict;
create unique index event_seq on event (vendor_id, seq);
create index event_subject on event (subject, seq);
create index event_partner on event (partner_id, at);

create table job (
    id blob not null primary key,
    name text not null,
    payload text not null,
    run_at integer not null,
    attempts integer not null default 0,
    leased_until integer not null default 0,
    state text not null default 'waiting' check (state in ('waiting', 'failed')),
    once text,
    error text
) strict;
create index job_due on job (state, run_at);
create unique index job_once on job (once);

create table idempotency (
    actor text not null,
    key text not null,
    request_hash blob not null,
    answer text not null,
    at integer not null,
    primary key (actor, key)
) strict;
create index idempotency_at on idempotency (at);
