-- Which partner takes part in which program, and as what.
create table enrollment (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    program_id blob not null references program (id),
    partner_id blob not null references organization (id),
    status text not null check (status in ('active', 'invited', 'suspended', 'ended')),
    tier text not null,
    partner_types text not null,
    territory text,
    channel_manager_id blob references person (id),
    joined_at integer not null,
    version integer not null
) strict;
create unique index enrollment_once on enrollment (program_id, partner_id);
create index enrollment_partner on enrollment (partner_id);
create index enrollment_vendor on enrollment (vendor_id, partner_id);
