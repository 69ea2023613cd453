-- Decisions about many deals at once. For some seconds each is only held, and can be taken back as if it had never been.
create table deal_bulk (
    id blob not null primary key,
    organization_id blob not null references organization (id),
    user_id blob,
    actor text not null,
    decision text not null,
    made_at integer not null,
    until_at integer not null
) strict;
create index deal_bulk_made on deal_bulk (made_at);

create table deal_bulk_item (
    bulk_id blob not null references deal_bulk (id),
    place integer not null,
    deal_id blob not null,
    version integer,
    state text not null check (state in ('held', 'done', 'undone', 'refused')),
    code text,
    message text,
    ended_at integer,
    primary key (bulk_id, place)
) strict, without rowid;
-- A deal waits for one decision at a time.
create unique index deal_bulk_held on deal_bulk_item (deal_id) where state = 'held';
