-- People that partners may write to, and how each of them agreed.
create table audience (
    id uuid not null primary key,
    partner_id uuid not null references organization (id),
    name text not null,
    name_key text not null,
    created_by_name text not null,
    created_at bigint not null,
    changed_at bigint not null,
    last_import bigint not null,
    version bigint not null
);
create unique index audience_name on audience (partner_id, name_key);

create table audience_contact (
    id uuid not null primary key,
    audience_id uuid not null references audience (id),
    partner_id uuid not null references organization (id),
    email text not null,
    email_key text not null,
    first_name text not null,
    last_name text not null,
    company text not null,
    search text not null,
    time_zone text,
    source text not null check (source in ('form', 'event', 'customer', 'paper', 'spoken', 'other')),
    consent_on text not null,
    wording text not null,
    opt_in text not null check (opt_in in ('single', 'pending', 'confirmed')),
    added_at bigint not null,
    added_by_name text not null
);
create unique index audience_contact_once on audience_contact (audience_id, email_key);
create index audience_contact_list on audience_contact (audience_id, id);
create index audience_contact_person on audience_contact (partner_id, email_key);

-- Files that people came from: the proof of what was said of them, and the rows that were not taken.
create table audience_import (
    audience_id uuid not null references audience (id),
    number bigint not null,
    file_name text not null,
    headings text not null,
    mapping text not null,
    row_count bigint not null,
    added bigint not null,
    known bigint not null,
    rejected bigint not null,
    faults text not null,
    consent text,
    rejected_rows text not null,
    at bigint not null,
    by_name text not null,
    primary key (audience_id, number)
);
