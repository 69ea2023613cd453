-- Saved views of the list of deals: a person's own, and those that are shared in an organisation.
create table deal_view (
    id uuid not null primary key,
    organization_id uuid not null references organization (id),
    owner_id uuid not null references person (id),
    owner_name text not null,
    name text not null,
    query text not null,
    columns text not null,
    layout text not null check (layout in ('list', 'board')),
    shared bigint not null,
    created_at bigint not null,
    deleted_at bigint,
    version bigint not null
);
create index deal_view_own on deal_view (organization_id, owner_id, id);

create table deal_view_default (
    organization_id uuid not null references organization (id),
    user_id uuid not null references person (id),
    view_id uuid not null references deal_view (id),
    primary key (organization_id, user_id)
);
