-- Links with which somebody who forgot the password chooses another: hashed, for one hour, for one use.
create table password_reset (
    token_hash blob not null primary key,
    user_id blob not null references person (id),
    created_at integer not null,
    expires_at integer not null
) strict;
create index password_reset_user on password_reset (user_id, created_at);
