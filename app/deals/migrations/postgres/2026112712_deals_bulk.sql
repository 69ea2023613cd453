-- Decisions about many deals at once. For some seconds each is only held, and can be taken back as if it had never been.
create table deal_bulk (
    id uuid not null primary key,
    organization_id uuid not null references organization (id),
    user_id uuid,
    actor text not null,
    decision text not null,
    made_at bigint not null,
    until_at bigint not null
);
create index deal_bulk_made on deal_bulk (made_at);

create table deal_bulk_item (
    bulk_id uuid not null references deal_bulk (id),
    place bigint not null,
    deal_id uuid not null,
    version bigint,
    state text not null check (state in ('held', 'done', 'undone', 'refused')),
    code text,
    message text,
    ended_at bigint,
    primary key (bulk_id, place)
);
-- A deal waits for one decision at a time.
create unique index deal_bulk_held on deal_bulk_item (deal_id) where state = 'held';
