-- End customers, the CRM's opportunities, and the short keys under which companies are found again.
create table customer (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    external_id text,
    name text not null,
    name_key text not null,
    website text,
    domain text,
    country text,
    registration_number text,
    phone text,
    city text,
    postal_code text,
    street text,
    sector text,
    founded_year integer,
    employees integer,
    revenue_minor integer,
    currency text,
    parent_name text,
    created_at integer not null,
    version integer not null default 1
) strict;
create unique index customer_external on customer (vendor_id, external_id);
create index customer_name on customer (vendor_id, name_key, id);

create table opportunity (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    program_id blob not null references program (id),
    external_id text,
    customer_id blob references customer (id),
    customer_name text,
    partner_id blob references organization (id),
    product_id blob references product (id),
    stage text not null check (stage in ('prospecting', 'engaging', 'won', 'lost')),
    value_minor integer not null,
    currency text not null,
    opened_on text,
    closed_on text,
    created_at integer not null,
    version integer not null default 1
) strict;
create unique index opportunity_external on opportunity (vendor_id, external_id);
create index opportunity_opened on opportunity (vendor_id, coalesce(opened_on, ''), id);
create index opportunity_closed on opportunity (vendor_id, coalesce(closed_on, ''), id);
create index opportunity_value on opportunity (vendor_id, value_minor, id);
create index opportunity_stage on opportunity (vendor_id, stage, coalesce(opened_on, ''), id);
create index opportunity_partner on opportunity (partner_id, coalesce(opened_on, ''), id);
create index opportunity_customer on opportunity (customer_id);

create table match_key (
    vendor_id blob not null,
    key text not null,
    kind text not null check (kind in ('customer', 'opportunity', 'deal')),
    record_id blob not null,
    primary key (vendor_id, key, kind, record_id)
) strict, without rowid;
create index match_key_record on match_key (record_id);
