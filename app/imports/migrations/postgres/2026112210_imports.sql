-- Files being imported, how far each has come, and what was said about its rows.
create table import (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    kind text not null check (kind in ('customers', 'products', 'partners', 'opportunities')),
    file_name text not null,
    headers text not null,
    mapping text not null,
    actor text not null,
    created_by text not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    total bigint not null,
    processed bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    rejected bigint not null default 0,
    error text,
    created_at bigint not null,
    started_at bigint,
    moved_at bigint,
    finished_at bigint
);
create index import_vendor on import (vendor_id, created_at, id);

create table import_file (
    import_id uuid not null primary key references import (id),
    bytes bytea not null
);

create table import_rejection (
    import_id uuid not null references import (id),
    line bigint not null,
    reasons text not null,
    cells text not null,
    primary key (import_id, line)
);

create table import_remark (
    import_id uuid not null references import (id),
    code text not null,
    field text not null,
    found text not null,
    used text not null,
    rows bigint not null,
    first_line bigint not null,
    primary key (import_id, code, field, found, used)
);
