-- Vendors and partners.
create table organization (
    id uuid not null primary key,
    side text not null check (side in ('vendor', 'partner')),
    name text not null,
    slug text not null,
    country text,
    website text,
    created_at bigint not null,
    version bigint not null default 1
);
create unique index organization_slug on organization (slug);
create index organization_name on organization (lower(name));
