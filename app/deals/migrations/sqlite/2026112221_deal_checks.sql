-- How often each person of a partner asked whether a customer is free, by day: against fishing.
create table deal_check (
    vendor_id blob not null references organization (id),
    partner_id blob not null references organization (id),
    user_id blob not null references person (id),
    day text not null,
    checks integer not null,
    hits integer not null,
    last_at integer not null,
    primary key (vendor_id, day, partner_id, user_id)
) strict;
