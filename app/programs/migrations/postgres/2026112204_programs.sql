-- A vendor's brands, programs with their published rules, and products.
create table brand (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    name text not null,
    slug text not null,
    hue bigint not null,
    chroma_milli bigint not null,
    version bigint not null
);
create unique index brand_slug on brand (vendor_id, slug);

create table program (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    brand_id uuid not null references brand (id),
    name text not null,
    slug text not null,
    currency text not null,
    time_zone text not null,
    version_id uuid,
    created_at bigint not null,
    version bigint not null
);
create unique index program_slug on program (vendor_id, slug);
create index program_brand on program (brand_id);

create table program_version (
    id uuid not null primary key,
    program_id uuid not null references program (id),
    number bigint not null,
    engagement text not null,
    published_at bigint not null,
    published_by uuid references person (id)
);
create unique index program_version_number on program_version (program_id, number);

create table product (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    brand_id uuid references brand (id),
    sku text not null,
    name text not null,
    family text not null,
    list_price_minor bigint,
    currency text not null,
    active bigint not null,
    created_at bigint not null,
    version bigint not null
);
create unique index product_sku on product (vendor_id, sku);
create index product_brand on product (brand_id);
