-- Registrations come in from files, too: a vendor's on behalf of partners, and partners' own; workbooks beside CSV.
alter table import rename column kind to old_kind;
alter table import add column kind text not null default 'customers'
    check (kind in ('customers', 'products', 'partners', 'opportunities', 'deals'));
update import set kind = old_kind;
alter table import drop column old_kind;
alter table import add column partner_id blob;
alter table import add column format text not null default 'csv' check (format in ('csv', 'xlsx'));
alter table import add column submits integer not null default 0;
alter table import add column submitted integer not null default 0;
create index import_partner_own on import (partner_id, id) where partner_id is not null;

-- Registrations of a file that are still to be submitted.
create table import_submit (
    import_id blob not null references import (id),
    line integer not null,
    deal_id blob not null,
    primary key (import_id, line)
) strict, without rowid;
