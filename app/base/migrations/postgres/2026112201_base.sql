-- The event log of each vendor: gapless, chained by hash.
create table chain (
    vendor_id uuid not null primary key,
    seq bigint not null,
    hash bytea not null
);

create table event (
    id uuid not null primary key,
    vendor_id uuid not null,
    seq bigint not null,
    at bigint not null,
    actor text not null,
    actor_id uuid,
    kind text not null,
    subject text not null,
    program_id uuid,
    partner_id uuid,
    keys text not null,
    data text not null,
    prev_hash bytea not null,
    hash bytea not null
);
create unique index event_seq on event (vendor_id, seq);
create index event_subject on event (subject, seq);
create index event_partner on event (partner_id, at);

create table job (
    id uuid not null primary key,
    name text not null,
    payload text not null,
    run_at bigint not null,
    attempts bigint not null default 0,
    leased_until bigint not null default 0,
    state text not null default 'waiting' check (state in ('waiting', 'failed')),
    once text,
    error text
);
create index job_due on job (state, run_at);
create unique index job_once on job (once);

create table idempotency (
    actor text not null,
    key text not null,
    request_hash bytea not null,
    answer text not null,
    at bigint not null,
    primary key (actor, key)
);
create index idempotency_at on idempotency (at);
