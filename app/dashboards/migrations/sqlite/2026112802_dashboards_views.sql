-- Saved views of dashboards: a person's own, and those that are shared in an organisation.
create table board_view (
    id blob not null primary key,
    organization_id blob not null references organization (id),
    owner_id blob not null references person (id),
    owner_name text not null,
    name text not null,
    board text not null check (board in ('home', 'overview', 'explore')),
    query text not null,
    shared integer not null,
    created_at integer not null,
    deleted_at integer,
    version integer not null
) strict;
create index board_view_own on board_view (organization_id, owner_id, id);

-- What each person does with a view: whether it is pinned, how often and as what it is sent, at which hour.
create table board_view_choice (
    view_id blob not null references board_view (id),
    user_id blob not null references person (id),
    pinned integer not null,
    rhythm text not null check (rhythm in ('never', 'daily', 'weekly', 'monthly')),
    format text not null check (format in ('digest', 'csv', 'xlsx')),
    hour integer not null,
    primary key (view_id, user_id)
) strict, without rowid;
