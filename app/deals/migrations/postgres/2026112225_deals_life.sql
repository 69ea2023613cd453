-- The later life of a registration: its opportunity, what qualifies it, what was shown and written, who shares it.
alter table deal add column opportunity_id uuid;
alter table deal add column qualified_at bigint;
alter table deal add column contribution bigint not null default 0;
create index deal_opportunity on deal (opportunity_id) where opportunity_id is not null;

-- Evidence that came with an activity, an appeal or a request for more time; erasable, unlike the event log.
create table deal_evidence (
    deal_id uuid not null references deal (id),
    version bigint not null,
    place bigint not null,
    kind text not null,
    on_day text,
    note text not null,
    primary key (deal_id, version, place)
);

-- What the sides wrote to each other, under the event that tells of it; erasable.
create table deal_message (
    event_id uuid not null primary key,
    deal_id uuid not null references deal (id),
    text text not null
);
create index deal_message_deal on deal_message (deal_id);

-- Who has a part in what another deal holds.
create table deal_share (
    deal_id uuid not null primary key references deal (id),
    holder_id uuid not null references deal (id),
    part text not null check (part in ('split', 'secondary')),
    percent bigint not null
);
create index deal_share_holder on deal_share (holder_id);
