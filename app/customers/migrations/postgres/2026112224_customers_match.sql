-- Other names and domains of customers, pairs that may be one company, merges that can be undone, fitted weights.
alter table customer add column merged_into uuid references customer (id);

create table customer_alias (
    customer_id uuid not null references customer (id),
    vendor_id uuid not null references organization (id),
    kind text not null check (kind in ('name', 'website')),
    key text not null,
    value text not null,
    merge_id uuid,
    created_at bigint not null,
    primary key (customer_id, kind, key)
);

create table customer_pair (
    vendor_id uuid not null references organization (id),
    one_id uuid not null references customer (id),
    other_id uuid not null references customer (id),
    state text not null check (state in ('open', 'merged', 'apart')),
    verdict text not null check (verdict in ('review', 'match')),
    centibits bigint not null,
    evidence text not null,
    found_at bigint not null,
    primary key (one_id, other_id)
);
create index customer_pair_list on customer_pair (vendor_id, state, centibits, one_id, other_id);

create table customer_merge (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    kept_id uuid not null references customer (id),
    gone_id uuid not null references customer (id),
    before text not null,
    after text not null,
    opportunities text not null,
    merged_at bigint not null,
    merged_by text not null,
    undone_at bigint
);
create index customer_merge_list on customer_merge (vendor_id, merged_at, id);
create index customer_merge_kept on customer_merge (kept_id);

create table match_weights (
    vendor_id uuid not null references organization (id),
    number bigint not null,
    weights text not null,
    published_at bigint not null,
    published_by text not null,
    primary key (vendor_id, number)
);
