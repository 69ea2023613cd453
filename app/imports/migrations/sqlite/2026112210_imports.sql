-- Files being imported, how far each has come, and what was said about its rows.
create table import (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    program_id blob not null references program (id),
    kind text not null check (kind in ('customers', 'products', 'partners', 'opportunities')),
    file_name text not null,
    headers text not null,
    mapping text not null,
    actor text not null,
    created_by text not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    total integer not null,
    processed integer not null default 0,
    created integer not null default 0,
    updated integer not null default 0,
    unchanged integer not null default 0,
    rejected integer not null default 0,
    error text,
    created_at integer not null,
    started_at integer,
    moved_at integer,
    finished_at integer
) strict;
create index import_vendor on import (vendor_id, created_at, id);

create table import_file (
    import_id blob not null primary key references import (id),
    bytes blob not null
) strict;

create table import_rejection (
    import_id blob not null references import (id),
    line integer not null,
    reasons text not null,
    cells text not null,
    primary key (import_id, line)
) strict;

create table import_remark (
    import_id blob not null references import (id),
    code text not null,
    field text not null,
    found text not null,
    used text not null,
    rows integer not null,
    first_line integer not null,
    primary key (import_id, code, field, found, used)
) strict;
