-- Saved views of dashboards: a person's own, and those that are shared in an organisation.
create table board_view (
    id uuid not null primary key,
    organization_id uuid not null references organization (id),
    owner_id uuid not null references person (id),
    owner_name text not null,
    name text not null,
    board text not null check (board in ('home', 'overview', 'explore')),
    query text not null,
    shared bigint not null,
    created_at bigint not null,
    deleted_at bigint,
    version bigint not null
);
create index board_view_own on board_view (organization_id, owner_id, id);

-- What each person does with a view: whether it is pinned, how often and as what it is sent, at which hour.
create table board_view_choice (
    view_id uuid not null references board_view (id),
    user_id uuid not null references person (id),
    pinned bigint not null,
    rhythm text not null check (rhythm in ('never', 'daily', 'weekly', 'monthly')),
    format text not null check (format in ('digest', 'csv', 'xlsx')),
    hour bigint not null,
    primary key (view_id, user_id)
);
