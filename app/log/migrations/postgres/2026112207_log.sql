-- The transparency log of each vendor: hashes only. What was claimed stands in log_receipt and can be erased.
create table log_head (
    vendor_id uuid not null primary key,
    size bigint not null,
    last_hash bytea not null,
    last_at bigint not null,
    peaks bytea not null,
    key_id text not null
);

create table log_entry (
    vendor_id uuid not null,
    log_index bigint not null,
    seq bigint not null,
    priority_at bigint not null,
    leaf text not null,
    prev_hash bytea not null,
    hash bytea not null,
    primary key (vendor_id, log_index)
);

create table log_node (
    vendor_id uuid not null,
    level bigint not null,
    place bigint not null,
    hash bytea not null,
    primary key (vendor_id, level, place)
);

create table log_receipt (
    vendor_id uuid not null,
    log_index bigint not null,
    subject text not null,
    receipt text not null,
    primary key (vendor_id, log_index)
);
create index log_receipt_subject on log_receipt (subject, log_index);

create table log_key (
    key_id text not null primary key,
    public_key bytea not null,
    since bigint not null
);
