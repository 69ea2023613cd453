-- Whose word counted where the two records of a merge stated different things.
alter table customer_merge add column taken text not null default '[]';
