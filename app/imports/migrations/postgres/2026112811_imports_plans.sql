-- Goals and exchange rates come in from files, too.
alter table import rename column kind to old_kind;
alter table import add column kind text not null default 'customers'
    check (kind in ('customers', 'products', 'partners', 'opportunities', 'deals', 'goals', 'rates'));
update import set kind = old_kind;
alter table import drop column old_kind;
