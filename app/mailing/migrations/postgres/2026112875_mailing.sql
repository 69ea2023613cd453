-- Mails to many: what goes out, to whom, and what became of it.
create table mailing_step (
    id uuid not null primary key,
    campaign_id uuid not null,
    step bigint not null,
    vendor_id uuid not null references organization (id),
    brand_id uuid not null references brand (id),
    program_id uuid not null references program (id),
    partner_id uuid not null references organization (id),
    -- The compiled mail, as JSON.
    mail text not null,
    from_name text not null,
    reply_to text not null,
    landing_url text not null,
    language text not null,
    time_zone text not null,
    quiet_from bigint,
    quiet_until bigint,
    send_at bigint not null,
    state text not null check (state in ('running', 'paused', 'cancelled', 'done')),
    -- When messages of it were last taken: those of others come first then.
    served_at bigint not null,
    created_at bigint not null,
    ended_at bigint,
    -- Counts, written together with what they count.
    total bigint not null default 0,
    sent bigint not null default 0,
    failed bigint not null default 0,
    bounced bigint not null default 0,
    complained bigint not null default 0,
    unsubscribed bigint not null default 0,
    suppressed bigint not null default 0,
    opened bigint not null default 0,
    opened_by_proxy bigint not null default 0,
    clicked bigint not null default 0,
    repeated bigint not null default 0,
    sent_b bigint not null default 0,
    opened_b bigint not null default 0,
    clicked_b bigint not null default 0,
    unsubscribed_b bigint not null default 0
);
create unique index mailing_step_once on mailing_step (campaign_id, step);
create index mailing_step_running on mailing_step (served_at) where state = 'running';

create table mailing_message (
    id uuid not null primary key,
    step_id uuid not null references mailing_step (id),
    recipient_id uuid not null,
    address text not null,
    -- SHA-256 of the address in lower case: what suppressions are found by.
    address_hash text not null,
    domain text not null,
    time_zone text,
    -- What tokens stand for, as JSON.
    data text not null,
    variant text not null check (variant in ('a', 'b')),
    state text not null check (state in ('queued', 'claimed', 'sent', 'failed', 'bounced', 'complained', 'suppressed')),
    -- From when on it may be taken: of a taken one, when its lease ends. Null when it is over with.
    due_at bigint,
    claimed_by uuid,
    -- Whether the last taking was of one whose lease had ended.
    retaken bigint not null default 0,
    attempts bigint not null default 0,
    -- How often it may have gone out once more.
    repeated bigint not null default 0,
    sent_at bigint,
    ended_at bigint,
    -- What the mail server or the bounce said.
    reply text,
    opened_at bigint,
    opened_by text check (opened_by in ('person', 'proxy')),
    clicked_at bigint,
    clicks bigint not null default 0,
    unsubscribed_at bigint
);
create unique index mailing_message_once on mailing_message (step_id, recipient_id);
create unique index mailing_message_address on mailing_message (step_id, address_hash);
create index mailing_message_due on mailing_message (step_id, due_at) where due_at is not null;

-- Whom nobody writes to any more: for a vendor (global), for a brand, for a partner.
create table suppression (
    id uuid not null primary key,
    scope text not null check (scope in ('global', 'brand', 'partner')),
    -- The vendor, the brand or the partner.
    scope_id uuid not null,
    address_hash text not null,
    address text not null,
    reason text not null check (reason in ('unsubscribed', 'hard_bounce', 'complaint', 'manual')),
    -- Whose people may read it.
    vendor_id uuid,
    partner_id uuid,
    message_id uuid,
    at bigint not null,
    by_name text not null
);
create unique index suppression_once on suppression (scope_id, scope, address_hash);
create index suppression_vendor on suppression (vendor_id, id);
create index suppression_partner on suppression (partner_id, id);

-- Domains in whose name mails go out, signed.
create table sender_domain (
    id uuid not null primary key,
    -- The partner or the brand.
    owner_id uuid not null,
    vendor_id uuid,
    partner_id uuid,
    brand_id uuid,
    domain text not null,
    -- The half of the sender's address before the @.
    mailbox text not null,
    selector text not null,
    public_key text not null,
    -- The private key, sealed with a key that is not in the database.
    sealed_key text not null,
    state text not null check (state in ('pending', 'verified', 'lost')),
    dkim text not null,
    spf text not null,
    dmarc text not null,
    checked_at bigint,
    verified_at bigint,
    failing_since bigint,
    added_at bigint not null,
    added_by_name text not null,
    version bigint not null
);
create unique index sender_domain_once on sender_domain (owner_id, domain);

-- What links of mails were sealed with before the signing key was changed: they hold on.
create table mailing_link_key (
    key text not null primary key,
    ended_at bigint not null
);
