-- A vendor's brands, programs with their published rules, and products.
create table brand (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    name text not null,
    slug text not null,
    hue integer not null,
    chroma_milli integer not null,
    version integer not null
) strict;
create unique index brand_slug on brand (vendor_id, slug);

create table program (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    brand_id blob not null references brand (id),
    name text not null,
    slug text not null,
    currency text not null,
    time_zone text not null,
    version_id blob,
    created_at integer not null,
    version integer not null
) strict;
create unique index program_slug on program (vendor_id, slug);
create index program_brand on program (brand_id);

create table program_version (
    id blob not null primary key,
    program_id blob not null references program (id),
    number integer not null,
    engagement text not null,
    published_at integer not null,
    published_by blob references person (id)
) strict;
create unique index program_version_number on program_version (program_id, number);

create table product (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    brand_id blob references brand (id),
    sku text not null,
    name text not null,
    family text not null,
    list_price_minor integer,
    currency text not null,
    active integer not null,
    created_at integer not null,
    version integer not null
) strict;
create unique index product_sku on product (vendor_id, sku);
create index product_brand on product (brand_id);
