-- Whom mails of a brand come from; without an address they come from the installation's own.
alter table brand add column sender_name text;
alter table brand add column sender_email text;
