-- How often each person of a partner asked whether a customer is free, by day: against fishing.
create table deal_check (
    vendor_id uuid not null references organization (id),
    partner_id uuid not null references organization (id),
    user_id uuid not null references person (id),
    day text not null,
    checks bigint not null,
    hits bigint not null,
    last_at bigint not null,
    primary key (vendor_id, day, partner_id, user_id)
);
