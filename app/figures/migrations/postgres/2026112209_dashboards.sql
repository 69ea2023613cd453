-- Sums that dashboards read: one row a day for what flows, one row without a day for what stands.
create table rollup (
    vendor_id uuid not null,
    partner_id uuid not null,
    program_id uuid not null,
    metric text not null,
    dim text not null,
    day text not null,
    currency text not null,
    count bigint not null,
    sum_minor bigint not null,
    primary key (vendor_id, metric, program_id, partner_id, dim, day, currency)
);
create index rollup_partner on rollup (partner_id, metric, day);

-- What each deal adds to the sums now, so that a change takes away exactly what was added.
create table rollup_deal (
    deal_id uuid not null primary key,
    vendor_id uuid not null,
    status text not null,
    value_minor bigint not null,
    currency text not null,
    partner_id uuid not null,
    program_id uuid not null
);
create index rollup_deal_vendor on rollup_deal (vendor_id);
