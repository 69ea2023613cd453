-- What vendors give partners to market with, and what is being made of it.
create table kit (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    program_id blob not null references program (id),
    name text not null,
    about text not null,
    topic text not null,
    state text not null check (state in ('draft', 'published', 'retired', 'recalled')),
    -- Of the version that was published last; 0 for none.
    number integer not null,
    -- Languages, pieces and picture of what lists show.
    glance text not null,
    -- Null while nothing was changed since it was published.
    draft text,
    based_on integer not null,
    changed_at integer not null,
    changed_by_name text not null,
    published_at integer,
    created_at integer not null,
    created_by_name text not null,
    version integer not null
) strict;
create index kit_vendor on kit (vendor_id, id);
create index kit_program on kit (program_id, state, id);

-- Published kits, one version after the other.
create table kit_version (
    kit_id blob not null references kit (id),
    number integer not null check (number > 0),
    name text not null,
    about text not null,
    topic text not null,
    assets text not null,
    rules text not null,
    state text not null check (state in ('published', 'superseded', 'recalled')),
    note text not null,
    published_at integer not null,
    published_by blob references person (id),
    published_by_name text not null,
    recalled_at integer,
    recalled_by_name text,
    reason text,
    primary key (kit_id, number)
) strict, without rowid;
