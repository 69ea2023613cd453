-- What one euro is worth in a currency from a month on, as a vendor's books have it.
create table exchange_rate (
    vendor_id blob not null references organization (id),
    currency text not null,
    month text not null,
    -- Millionths of the currency for one euro.
    micro integer not null check (micro > 0),
    changed_by_name text not null,
    changed_at integer not null,
    primary key (vendor_id, currency, month)
) strict, without rowid;

-- The same from each currency into those of the vendor's programs, as a fraction of minor units, for months
-- [from_month, until_month). Made from the table above whenever it changes; sums are read through it.
create table exchange (
    vendor_id blob not null references organization (id),
    source text not null,
    target text not null,
    from_month text not null,
    until_month text not null,
    numerator integer not null check (numerator > 0),
    denominator integer not null check (denominator > 0),
    primary key (vendor_id, source, target, from_month)
) strict, without rowid;
