-- Pictures that were uploaded for a brand. Their forms are files; a theme names a picture by the hash of them.
create table brand_picture (
    brand_id uuid not null references brand (id),
    hash text not null check (length(hash) = 64),
    -- logo, logo_dark, mark, favicon or hero.
    purpose text not null,
    -- What was sent: png, jpeg, webp or svg.
    kind text not null,
    width bigint not null,
    height bigint not null,
    -- What all forms take.
    bytes bigint not null,
    uploaded_at bigint not null,
    uploaded_by uuid references person (id),
    uploaded_by_name text not null,
    primary key (brand_id, hash)
);
create index brand_picture_hash on brand_picture (hash);
