-- Registrations, what they hold, what they were, and how many there are.
create table deal (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    brand_id uuid not null references brand (id),
    program_id uuid not null references program (id),
    partner_id uuid not null references organization (id),
    number text not null,
    status text not null check (status in ('draft', 'submitted', 'in_review', 'conflict', 'returned', 'approved',
        'converted', 'won', 'lost', 'rejected', 'disputed', 'lapsed', 'withdrawn', 'expired', 'cancelled')),
    state text not null,
    claim text not null,
    customer_name text not null,
    country text,
    products text not null,
    value_minor bigint not null,
    currency text,
    value_kind text not null,
    expected_close text,
    search text not null,
    priority_at bigint,
    priority_seq bigint,
    answer_due bigint,
    expires_at bigint,
    needs_partner bigint not null,
    needs_vendor bigint not null,
    rounds bigint not null,
    extensions bigint not null,
    rules_version bigint,
    rules text not null,
    created_by uuid,
    created_by_name text not null,
    created_at bigint not null,
    updated_at bigint not null,
    version bigint not null
);
create unique index deal_number on deal (vendor_id, number);
create index deal_vendor on deal (vendor_id, id);
create index deal_vendor_status on deal (vendor_id, status, id);
create index deal_vendor_value on deal (vendor_id, value_minor, id);
create index deal_partner on deal (partner_id, id);
create index deal_partner_status on deal (partner_id, status, id);
create index deal_queue on deal (vendor_id, answer_due, id) where needs_vendor = 1;
create index deal_todo on deal (partner_id, id) where needs_partner = 1;
create index deal_vendor_expiry on deal (vendor_id, expires_at, id) where expires_at is not null;
create index deal_partner_expiry on deal (partner_id, expires_at, id) where expires_at is not null;

-- One active approval for a customer, a product family and a brand: this unique rule says so, whatever the code does.
create table deal_hold (
    vendor_id uuid not null,
    brand_id uuid not null,
    family text not null,
    customer_key text not null,
    deal_id uuid not null references deal (id),
    primary key (vendor_id, brand_id, family, customer_key)
);
create index deal_hold_deal on deal_hold (deal_id);

-- Every claim that a deal ever made.
create table deal_version (
    deal_id uuid not null references deal (id),
    number bigint not null,
    claim text not null,
    at bigint not null,
    by_id uuid,
    by_name text not null,
    primary key (deal_id, number)
);

create table deal_receipt (
    deal_id uuid not null primary key references deal (id),
    vendor_id uuid not null,
    receipt text not null
);

-- The turn of a vendor: deals of one vendor change one after another. Also counts their numbers.
create table deal_turn (
    vendor_id uuid not null primary key,
    turn bigint not null,
    last_number bigint not null
);

-- How many deals a vendor, and a partner, has in each status.
create table deal_tally (
    scope_id uuid not null,
    program_id uuid not null,
    status text not null,
    total bigint not null,
    primary key (scope_id, program_id, status)
);

-- What people wrote with a decision or a request; erasable, unlike the event log.
create table deal_note (
    deal_id uuid not null references deal (id),
    version bigint not null,
    note text not null,
    primary key (deal_id, version)
);
