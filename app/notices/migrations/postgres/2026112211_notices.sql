-- The in-app inbox: one message for one person about one event, never twice.
create table notice (
    id uuid not null primary key,
    user_id uuid not null references person (id),
    organization_id uuid not null references organization (id),
    event_id uuid not null,
    kind text not null,
    subject text not null,
    params text not null,
    created_at bigint not null,
    read_at bigint
);
create unique index notice_once on notice (user_id, event_id);
create index notice_inbox on notice (user_id, organization_id, id);
create index notice_unread on notice (user_id, organization_id, read_at);

-- A partner's stream begins at its newest event of each vendor.
create index event_partner_chain on event (partner_id, vendor_id, seq);
