-- A person's calendar feed in an organisation. Of its secret address only a hash is kept.
create table calendar_feed (
    organization_id blob not null references organization (id),
    user_id blob not null references person (id),
    token_hash blob not null,
    created_at integer not null,
    used_at integer,
    primary key (organization_id, user_id)
) strict, without rowid;
create unique index calendar_feed_token on calendar_feed (token_hash);
