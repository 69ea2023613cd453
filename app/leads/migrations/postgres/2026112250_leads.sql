-- Leads, who was asked, how that was found out, what people wrote, the rules they are handed out by.
create table lead (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    brand_id uuid not null references brand (id),
    program_id uuid not null references program (id),
    partner_id uuid references organization (id),
    number text not null,
    status text not null check (status in ('new', 'assigned', 'accepted', 'declined', 'timed_out', 'working',
        'registered', 'recycled', 'dead')),
    state text not null,
    interest text not null,
    customer_name text not null,
    country text,
    product text not null,
    value_minor bigint not null,
    currency text,
    source text not null,
    search text not null,
    answer_by bigint,
    needs_partner bigint not null,
    needs_vendor bigint not null,
    partner_place bigint not null,
    vendor_place bigint not null,
    deal_id uuid references deal (id),
    created_by uuid,
    created_by_name text not null,
    created_at bigint not null,
    updated_at bigint not null,
    version bigint not null
);
create unique index lead_number on lead (vendor_id, number);
create index lead_vendor on lead (vendor_id, id);
create index lead_vendor_place on lead (vendor_id, vendor_place, id);
create index lead_vendor_status on lead (vendor_id, status, id);
create index lead_partner on lead (partner_id, id) where partner_id is not null;
create index lead_partner_place on lead (partner_id, partner_place, id) where partner_id is not null;
create index lead_vendor_todo on lead (vendor_id, id) where needs_vendor = 1;
create index lead_partner_status on lead (partner_id, status, id) where partner_id is not null;
create index lead_partner_todo on lead (partner_id, id) where needs_partner = 1;
create index lead_open on lead (program_id, partner_id) where status in ('assigned', 'accepted', 'working');
create unique index lead_deal on lead (deal_id) where deal_id is not null;

-- Every time a lead was offered. One offer of a lead runs at a time: this unique rule says so, whatever the code does.
create table lead_offer (
    lead_id uuid not null references lead (id),
    number bigint not null,
    program_id uuid not null,
    partner_id uuid not null references organization (id),
    round bigint not null,
    outcome text not null check (outcome in ('open', 'accepted', 'declined', 'timed_out', 'taken_back')),
    offered_at bigint not null,
    answer_by bigint not null,
    answered_at bigint,
    primary key (lead_id, number)
);
create unique index lead_offer_open on lead_offer (lead_id) where outcome = 'open';
create index lead_offer_partner on lead_offer (program_id, partner_id, offered_at);

-- How a lead came to a partner, or to nobody: all that was looked at.
create table lead_draw (
    lead_id uuid not null references lead (id),
    number bigint not null,
    partner_id uuid,
    draw text not null,
    primary key (lead_id, number)
);

-- What people wrote, under the event that tells of it; erasable, unlike the event log.
create table lead_note (
    event_id uuid not null primary key,
    lead_id uuid not null references lead (id),
    text text not null
);
create index lead_note_lead on lead_note (lead_id);

-- The turn of a vendor: its leads change one after another. Also counts their numbers.
create table lead_turn (
    vendor_id uuid not null primary key,
    turn bigint not null,
    last_number bigint not null
);

-- How a program hands out leads, version by version, and the draft of the next.
create table lead_rules (
    program_id uuid not null references program (id),
    number bigint not null,
    distribution text not null,
    published_at bigint not null,
    published_by_name text not null,
    note text not null,
    primary key (program_id, number)
);

create table lead_rules_draft (
    program_id uuid not null primary key references program (id),
    distribution text,
    changed_at bigint not null,
    changed_by_name text not null,
    version bigint not null
);

-- Customers whose leads go to one partner.
create table lead_pin (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    partner_id uuid not null references organization (id),
    name text not null,
    name_key text,
    domain text,
    until_on text,
    note text not null,
    created_at bigint not null,
    created_by_name text not null,
    version bigint not null
);
create index lead_pin_vendor on lead_pin (vendor_id, id);
create unique index lead_pin_domain on lead_pin (program_id, domain) where domain is not null;
create unique index lead_pin_name on lead_pin (program_id, name_key) where name_key is not null;
