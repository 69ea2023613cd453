-- A person's calendar feed in an organisation. Of its secret address only a hash is kept.
create table calendar_feed (
    organization_id uuid not null references organization (id),
    user_id uuid not null references person (id),
    token_hash bytea not null,
    created_at bigint not null,
    used_at bigint,
    primary key (organization_id, user_id)
);
create unique index calendar_feed_token on calendar_feed (token_hash);
