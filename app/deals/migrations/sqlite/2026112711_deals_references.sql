-- By which reference a registration came in from a file, and what the file said of it last.
create table deal_reference (
    program_id blob not null,
    partner_id blob not null references organization (id),
    reference text not null,
    deal_id blob not null references deal (id),
    said text not null,
    primary key (program_id, partner_id, reference)
) strict, without rowid;
create index deal_reference_deal on deal_reference (deal_id);
