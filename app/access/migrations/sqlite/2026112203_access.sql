-- People, what they are in which organisation, and how they come in.
create table person (
    id blob not null primary key,
    email text not null,
    name text not null,
    password_hash text,
    locale text not null default 'en',
    time_zone text not null default 'UTC',
    theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
    created_at integer not null,
    disabled_at integer,
    version integer not null default 1
) strict;
create unique index person_email on person (email);

create table membership (
    user_id blob not null references person (id),
    organization_id blob not null references organization (id),
    role text not null,
    created_at integer not null,
    primary key (user_id, organization_id)
) strict;
create index membership_organization on membership (organization_id);

create table session (
    token_hash blob not null primary key,
    user_id blob not null references person (id),
    organization_id blob references organization (id),
    program_id blob,
    agent text not null default '',
    created_at integer not null,
    expires_at integer not null,
    seen_at integer not null
) strict;
create index session_by_user on session (user_id);
create index session_expires on session (expires_at);

create table api_key (
    id blob not null primary key,
    user_id blob not null references person (id),
    organization_id blob not null references organization (id),
    name text not null,
    prefix text not null,
    secret_hash blob not null,
    created_at integer not null,
    last_used_at integer,
    expires_at integer,
    revoked_at integer
) strict;
create unique index api_key_secret on api_key (secret_hash);
create index api_key_organization on api_key (organization_id);

create table invitation (
    token_hash blob not null primary key,
    user_id blob not null references person (id),
    created_at integer not null,
    expires_at integer not null
) strict;
create index invitation_user on invitation (user_id);

-- One row at most: two browsers cannot both set the installation up.
create table set_up (
    only_one integer not null primary key check (only_one = 1),
    at integer not null
) strict;
