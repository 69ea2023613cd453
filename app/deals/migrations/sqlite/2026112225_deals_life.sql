-- The later life of a registration: its opportunity, what qualifies it, what was shown and written, who shares it.
alter table deal add column opportunity_id blob;
alter table deal add column qualified_at integer;
alter table deal add column contribution integer not null default 0;
create index deal_opportunity on deal (opportunity_id) where opportunity_id is not null;

-- Evidence that came with an activity, an appeal or a request for more time; erasable, unlike the event log.
create table deal_evidence (
    deal_id blob not null references deal (id),
    version integer not null,
    place integer not null,
    kind text not null,
    on_day text,
    note text not null,
    primary key (deal_id, version, place)
) strict, without rowid;

-- What the sides wrote to each other, under the event that tells of it; erasable.
create table deal_message (
    event_id blob not null primary key,
    deal_id blob not null references deal (id),
    text text not null
) strict;
create index deal_message_deal on deal_message (deal_id);

-- Who has a part in what another deal holds.
create table deal_share (
    deal_id blob not null primary key references deal (id),
    holder_id blob not null references deal (id),
    part text not null check (part in ('split', 'secondary')),
    percent integer not null
) strict;
create index deal_share_holder on deal_share (holder_id);
