-- End customers, the CRM's opportunities, and the short keys under which companies are found again.
create table customer (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
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
    founded_year bigint,
    employees bigint,
    revenue_minor bigint,
    currency text,
    parent_name text,
    created_at bigint not null,
    version bigint not null default 1
);
create unique index customer_external on customer (vendor_id, external_id);
create index customer_name on customer (vendor_id, name_key, id);

create table opportunity (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    external_id text,
    customer_id uuid references customer (id),
    customer_name text,
    partner_id uuid references organization (id),
    product_id uuid references product (id),
    stage text not null check (stage in ('prospecting', 'engaging', 'won', 'lost')),
    value_minor bigint not null,
    currency text not null,
    opened_on text,
    closed_on text,
    created_at bigint not null,
    version bigint not null default 1
);
create unique index opportunity_external on opportunity (vendor_id, external_id);
create index opportunity_opened on opportunity (vendor_id, coalesce(opened_on, ''), id);
create index opportunity_closed on opportunity (vendor_id, coalesce(closed_on, ''), id);
create index opportunity_value on opportunity (vendor_id, value_minor, id);
create index opportunity_stage on opportunity (vendor_id, stage, coalesce(opened_on, ''), id);
create index opportunity_partner on opportunity (partner_id, coalesce(opened_on, ''), id);
create index opportunity_customer on opportunity (customer_id);

create table match_key (
    vendor_id uuid not null,
    key text not null,
    kind text not null check (kind in ('customer', 'opportunity', 'deal')),
    record_id uuid not null,
    primary key (vendor_id, key, kind, record_id)
);
create index match_key_record on match_key (record_id);
