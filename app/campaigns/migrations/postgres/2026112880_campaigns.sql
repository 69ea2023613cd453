-- Partners' campaigns: instances of versions of kits.
create table campaign (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    brand_id uuid not null references brand (id),
    partner_id uuid not null references organization (id),
    kit_id uuid not null,
    kit_version bigint not null,
    kit_name text not null,
    name text not null,
    language text not null,
    overrides text not null,
    card text,
    audience_id uuid,
    state text not null check (state in ('draft', 'checked', 'awaiting_approval', 'approved', 'scheduled', 'sending',
        'paused', 'sent', 'archived', 'cancelled', 'recalled')),
    before_state text,
    before_until bigint,
    send_at bigint,
    time_zone text not null,
    quiet bigint not null,
    slug text not null,
    asked_at bigint,
    decision text,
    recall_reason text not null,
    launched_at bigint,
    sent_at bigint,
    created_by uuid,
    created_by_name text not null,
    created_at bigint not null,
    changed_at bigint not null,
    place bigint not null,
    version bigint not null
);
create unique index campaign_slug on campaign (slug);
create index campaign_vendor_place on campaign (vendor_id, place, id);
create index campaign_partner_place on campaign (partner_id, place, id);
create index campaign_kit on campaign (kit_id, kit_version);
create index campaign_audience on campaign (audience_id) where audience_id is not null;

-- The mails of a launched campaign, in their order.
create table campaign_step (
    campaign_id uuid not null references campaign (id),
    step bigint not null,
    asset text not null,
    send_at bigint not null,
    queued bigint not null,
    primary key (campaign_id, step)
);
