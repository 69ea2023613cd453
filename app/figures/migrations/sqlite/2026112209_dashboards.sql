-- Sums that dashboards read: one row a day for what flows, one row without a day for what stands.
create table rollup (
    vendor_id blob not null,
    partner_id blob not null,
    program_id blob not null,
    metric text not null,
    dim text not null,
    day text not null,
    currency text not null,
    count integer not null,
    sum_minor integer not null,
    primary key (vendor_id, metric, program_id, partner_id, dim, day, currency)
) strict, without rowid;
create index rollup_partner on rollup (partner_id, metric, day);

-- What each deal adds to the sums now, so that a change takes away exactly what was added.
create table rollup_deal (
    deal_id blob not null primary key,
    vendor_id blob not null,
    status text not null,
    value_minor integer not null,
    currency text not null,
    partner_id blob not null,
    program_id blob not null
) strict;
create index rollup_deal_vendor on rollup_deal (vendor_id);
