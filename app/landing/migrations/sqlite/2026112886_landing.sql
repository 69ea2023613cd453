-- How often landing pages were opened, by day (UTC). Who opened them is not known here.
create table landing_day (
    campaign_id blob not null,
    on_date text not null,
    visits integer not null,
    visitors integer not null,
    primary key (campaign_id, on_date)
) strict, without rowid;
