-- Published faces of brands, one after the other, with the style that pages of the brand carry.
create table theme_version (
    brand_id blob not null references brand (id),
    number integer not null check (number > 0),
    theme text not null,
    css text not null,
    note text not null,
    -- The earlier version that this one brought back.
    same_as integer,
    published_at integer not null,
    published_by blob references person (id),
    published_by_name text not null,
    primary key (brand_id, number)
) strict, without rowid;

-- The next face of a brand while it is being made.
create table theme_draft (
    brand_id blob not null primary key references brand (id),
    theme text not null,
    -- Number of the version that was published when the draft was begun; 0 for none.
    based_on integer not null,
    changed_at integer not null,
    changed_by_name text not null,
    version integer not null
) strict, without rowid;
