-- What vendors give partners to market with, and what is being made of it.
create table kit (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    name text not null,
    about text not null,
    topic text not null,
    state text not null check (state in ('draft', 'published', 'retired', 'recalled')),
    -- Of the version that was published last; 0 for none.
    number bigint not null,
    -- Languages, pieces and picture of what lists show.
    glance text not null,
    -- Null while nothing was changed since it was published.
    draft text,
    based_on bigint not null,
    changed_at bigint not null,
    changed_by_name text not null,
    published_at bigint,
    created_at bigint not null,
    created_by_name text not null,
    version bigint not null
);
create index kit_vendor on kit (vendor_id, id);
create index kit_program on kit (program_id, state, id);

-- Published kits, one version after the other.
create table kit_version (
    kit_id uuid not null references kit (id),
    number bigint not null check (number > 0),
    name text not null,
    about text not null,
    topic text not null,
    assets text not null,
    rules text not null,
    state text not null check (state in ('published', 'superseded', 'recalled')),
    note text not null,
    published_at bigint not null,
    published_by uuid references person (id),
    published_by_name text not null,
    recalled_at bigint,
    recalled_by_name text,
    reason text,
    primary key (kit_id, number)
);
