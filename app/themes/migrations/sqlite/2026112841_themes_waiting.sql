-- A theme that waits for the time at which it is published: one of a brand.
create table theme_schedule (
    brand_id blob not null primary key references brand (id),
    theme text not null,
    note text not null,
    run_at integer not null,
    scheduled_at integer not null,
    scheduled_by blob references person (id),
    scheduled_by_name text not null
) strict, without rowid;

-- Links that show a theme to whoever has them. Of the secret address only a hash is kept.
create table theme_link (
    id blob not null primary key,
    brand_id blob not null references brand (id),
    token_hash blob not null,
    theme text not null,
    made_at integer not null,
    made_by_name text not null,
    expires_at integer not null
) strict, without rowid;
create unique index theme_link_token on theme_link (token_hash);
create index theme_link_brand on theme_link (brand_id, made_at);
