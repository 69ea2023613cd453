-- How long the vendor took for each answer, which answers were late, and what a dry run reads.
create table deal_answer (
    deal_id blob not null references deal (id),
    at integer not null,
    vendor_id blob not null,
    program_id blob not null,
    kind text not null check (kind in ('approved', 'rejected', 'returned', 'upheld', 'reversed', 'automatic', 'revoked')),
    asked_at integer not null,
    due_at integer,
    business_ms integer not null,
    primary key (deal_id, at)
) strict, without rowid;
create index deal_answer_vendor on deal_answer (vendor_id, at);
create index deal_answer_program on deal_answer (program_id, at);

create table deal_escalation (
    deal_id blob not null references deal (id),
    due_at integer not null,
    vendor_id blob not null,
    program_id blob not null,
    at integer not null,
    primary key (deal_id, due_at)
) strict, without rowid;
create index deal_escalation_vendor on deal_escalation (vendor_id, at);
create index deal_escalation_program on deal_escalation (program_id, at);

create index deal_received on deal (vendor_id, brand_id, priority_at) where priority_at is not null;
