-- Opportunities that were added or changed and that nobody who counts them has looked at since.
create table opportunity_moved (
    vendor_id uuid not null,
    opportunity_id uuid not null,
    taken bigint not null,
    primary key (vendor_id, opportunity_id)
);
