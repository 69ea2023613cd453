-- What partners say of themselves in their campaigns, and the logos they brought.
create table partner_card (
    partner_id blob not null primary key references organization (id),
    card text not null,
    changed_at integer not null,
    changed_by_name text not null,
    version integer not null
) strict;

create table partner_logo (
    partner_id blob not null references organization (id),
    hash text not null,
    width integer not null,
    height integer not null,
    kind text not null,
    bytes integer not null,
    uploaded_at integer not null,
    uploaded_by_name text not null,
    primary key (partner_id, hash)
) strict;
