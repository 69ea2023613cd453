-- Links with which somebody who forgot the password chooses another: hashed, for one hour, for one use.
create table password_reset (
    token_hash bytea not null primary key,
    user_id uuid not null references person (id),
    created_at bigint not null,
    expires_at bigint not null
);
create index password_reset_user on password_reset (user_id, created_at);
