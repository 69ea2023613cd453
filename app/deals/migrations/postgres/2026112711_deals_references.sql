-- By which reference a registration came in from a file, and what the file said of it last.
create table deal_reference (
    program_id uuid not null,
    partner_id uuid not null references organization (id),
    reference text not null,
    deal_id uuid not null references deal (id),
    said text not null,
    primary key (program_id, partner_id, reference)
);
create index deal_reference_deal on deal_reference (deal_id);
