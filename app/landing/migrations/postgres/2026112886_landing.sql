-- How often landing pages were opened, by day (UTC). Who opened them is not known here.
create table landing_day (
    campaign_id uuid not null,
    on_date text not null,
    visits bigint not null,
    visitors bigint not null,
    primary key (campaign_id, on_date)
);
