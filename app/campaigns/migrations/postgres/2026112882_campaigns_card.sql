-- What partners say of themselves in their campaigns, and the logos they brought.
create table partner_card (
    partner_id uuid not null primary key references organization (id),
    card text not null,
    changed_at bigint not null,
    changed_by_name text not null,
    version bigint not null
);

create table partner_logo (
    partner_id uuid not null references organization (id),
    hash text not null,
    width bigint not null,
    height bigint not null,
    kind text not null,
    bytes bigint not null,
    uploaded_at bigint not null,
    uploaded_by_name text not null,
    primary key (partner_id, hash)
);
