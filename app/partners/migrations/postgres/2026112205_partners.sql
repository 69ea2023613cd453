-- Which partner takes part in which program, and as what.
create table enrollment (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    partner_id uuid not null references organization (id),
    status text not null check (status in ('active', 'invited', 'suspended', 'ended')),
    tier text not null,
    partner_types text not null,
    territory text,
    channel_manager_id uuid references person (id),
    joined_at bigint not null,
    version bigint not null
);
create unique index enrollment_once on enrollment (program_id, partner_id);
create index enrollment_partner on enrollment (partner_id);
create index enrollment_vendor on enrollment (vendor_id, partner_id);
