-- Names under which a brand's portal is reached besides the installation's own.
create table brand_host (
    id blob not null primary key,
    brand_id blob not null references brand (id),
    -- Lower case, as the DNS has it (punycode).
    name text not null,
    -- What the record in the DNS must say.
    token text not null,
    state text not null check (state in ('pending', 'verified', 'lost')),
    is_primary integer not null check (is_primary in (0, 1)),
    added_at integer not null,
    added_by_name text not null,
    verified_at integer,
    -- Since when the record has not been found any more.
    failing_since integer,
    version integer not null
) strict;
create unique index brand_host_once on brand_host (brand_id, name);
create unique index brand_host_primary on brand_host (brand_id) where is_primary = 1;

-- Whose a name is: the first that showed it. The key decides between two that show it at once.
create table owned_host (
    name text not null primary key,
    host_id blob not null references brand_host (id)
) strict, without rowid;
create unique index owned_host_of on owned_host (host_id);
