-- Sums by day and by month, for a vendor and for each of its partners, in place of sums by day and partner alone.
create table figure (
    whose uuid not null,
    grain text not null check (grain in ('now', 'day', 'month')),
    metric text not null,
    at text not null,
    vendor_id uuid not null,
    program_id uuid not null,
    dim text not null,
    currency text not null,
    count bigint not null,
    sum_minor bigint not null,
    primary key (whose, grain, metric, at, vendor_id, program_id, dim, currency)
);
create index figure_vendor on figure (vendor_id);

-- What each opportunity adds to the sums now, so that a change takes away exactly what was added.
create table figure_opportunity (
    opportunity_id uuid not null primary key,
    vendor_id uuid not null,
    program_id uuid not null,
    partner_id uuid,
    metric text not null,
    day text not null,
    dim text not null,
    currency text not null,
    value_minor bigint not null,
    cycle_days bigint
);
create index figure_opportunity_vendor on figure_opportunity (vendor_id);

alter table rollup_deal rename to figure_deal;
alter table rollup_zone rename to figure_zone;

-- Deals: what was summed by day and partner is summed up further.
insert into figure (whose, grain, metric, at, vendor_id, program_id, dim, currency, count, sum_minor)
select case s.side when 'partner' then r.partner_id else r.vendor_id end, g.grain, r.metric,
       case g.grain when 'now' then '' when 'day' then r.day else substr(r.day, 1, 7) end,
       r.vendor_id, r.program_id, r.dim, r.currency, cast(sum(r.count) as bigint), cast(sum(r.sum_minor) as bigint)
from rollup r
join (select 'vendor' as side union all select 'partner') s on s.side = 'vendor' or r.partner_id <> '00000000-0000-0000-0000-000000000000'
join (select 'now' as grain union all select 'day' union all select 'month') g
  on (r.day = '' and g.grain = 'now') or (r.day <> '' and g.grain <> 'now')
where r.metric not in ('opp.won', 'opp.lost', 'opp.open')
group by case s.side when 'partner' then r.partner_id else r.vendor_id end, g.grain, r.metric,
         case g.grain when 'now' then '' when 'day' then r.day else substr(r.day, 1, 7) end,
         r.vendor_id, r.program_id, r.dim, r.currency;

-- Opportunities: counted anew from the records, by product instead of its number.
insert into figure_opportunity
    (opportunity_id, vendor_id, program_id, partner_id, metric, day, dim, currency, value_minor, cycle_days)
select o.id, o.vendor_id, o.program_id, o.partner_id,
       case o.stage when 'won' then 'opp.won' when 'lost' then 'opp.lost' else 'opp.open' end,
       case when o.stage in ('won', 'lost') then coalesce(o.closed_on, o.opened_on, '0001-01-01') else '' end,
       coalesce(replace(o.product_id::text, '-', ''), ''), o.currency, o.value_minor,
       case when o.stage = 'won' and o.closed_on >= o.opened_on then (o.closed_on::date - o.opened_on::date)::bigint end
from opportunity o;

insert into figure (whose, grain, metric, at, vendor_id, program_id, dim, currency, count, sum_minor)
select case s.side when 'partner' then c.partner_id else c.vendor_id end, g.grain, c.metric,
       case g.grain when 'now' then '' when 'day' then c.day else substr(c.day, 1, 7) end,
       c.vendor_id, c.program_id, c.dim, c.currency, count(*), cast(sum(c.amount) as bigint)
from (
    select vendor_id, partner_id, program_id, metric, day, dim, currency, value_minor as amount
    from figure_opportunity
    union all
    select vendor_id, partner_id, program_id, 'opp.cycle', day, '', '', cycle_days
    from figure_opportunity where metric = 'opp.won' and cycle_days is not null
) c
join (select 'vendor' as side union all select 'partner') s on s.side = 'vendor' or c.partner_id is not null
join (select 'now' as grain union all select 'day' union all select 'month') g
  on (c.day = '' and g.grain = 'now') or (c.day <> '' and g.grain <> 'now')
group by case s.side when 'partner' then c.partner_id else c.vendor_id end, g.grain, c.metric,
         case g.grain when 'now' then '' when 'day' then c.day else substr(c.day, 1, 7) end,
         c.vendor_id, c.program_id, c.dim, c.currency;

drop table rollup;
