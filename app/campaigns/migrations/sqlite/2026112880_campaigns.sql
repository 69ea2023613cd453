-- Partners' campaigns: instances of versions of kits.
create table campaign (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    program_id blob not null references program (id),
    brand_id blob not null references brand (id),
    partner_id blob not null references organization (id),
    kit_id blob not null,
    kit_version integer not null,
    kit_name text not null,
    name text not null,
    language text not null,
    overrides text not null,
    card text,
    audience_id blob,
    state text not null check (state in ('draft', 'checked', 'awaiting_approval', 'approved', 'scheduled', 'sending',
        'paused', 'sent', 'archived', 'cancelled', 'recalled')),
    before_state text,
    before_until integer,
    send_at integer,
    time_zone text not null,
    quiet integer not null,
    slug text not null,
    asked_at integer,
    decision text,
    recall_reason text not null,
    launched_at integer,
    sent_at integer,
    created_by blob,
    created_by_name text not null,
    created_at integer not null,
    changed_at integer not null,
    place integer not null,
    version integer not null
) strict;
create unique index campaign_slug on campaign (slug);
create index campaign_vendor_place on campaign (vendor_id, place, id);
create index campaign_partner_place on campaign (partner_id, place, id);
create index campaign_kit on campaign (kit_id, kit_version);
create index campaign_audience on campaign (audience_id) where audience_id is not null;

-- The mails of a launched campaign, in their order.
create table campaign_step (
    campaign_id blob not null references campaign (id),
    step integer not null,
    asset text not null,
    send_at integer not null,
    queued integer not null,
    primary key (campaign_id, step)
) strict;
