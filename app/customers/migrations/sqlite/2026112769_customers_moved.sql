-- Opportunities that were added or changed and that nobody who counts them has looked at since.
create table opportunity_moved (
    vendor_id blob not null,
    opportunity_id blob not null,
    taken integer not null,
    primary key (vendor_id, opportunity_id)
) strict, without rowid;
