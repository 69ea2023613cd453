-- Keys hand over to each other: when one retired, and the older key's word for the newer one.
alter table log_key add column retired_at integer;
alter table log_key add column endorsed_by text;
alter table log_key add column endorsement text;
