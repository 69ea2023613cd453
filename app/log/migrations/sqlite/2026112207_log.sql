-- The transparency log of each vendor: hashes only. What was claimed stands in log_receipt and can be erased.
create table log_head (
    vendor_id blob not null primary key,
    size integer not null,
    last_hash blob not null,
    last_at integer not null,
    peaks blob not null,
    key_id text not null
) strict;

create table log_entry (
    vendor_id blob not null,
    log_index integer not null,
    seq integer not null,
    priority_at integer not null,
    leaf text not null,
    prev_hash blob not null,
    hash blob not null,
    primary key (vendor_id, log_index)
) strict;

create table log_node (
    vendor_id blob not null,
    level integer not null,
    place integer not null,
    hash blob not null,
    primary key (vendor_id, level, place)
) strict;

create table log_receipt (
    vendor_id blob not null,
    log_index integer not null,
    subject text not null,
    receipt text not null,
    primary key (vendor_id, log_index)
) strict;
create index log_receipt_subject on log_receipt (subject, log_index);

create table log_key (
    key_id text not null primary key,
    public_key blob not null,
    since integer not null
) strict;
