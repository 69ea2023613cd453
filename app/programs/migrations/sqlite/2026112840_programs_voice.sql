-- What the published theme of a brand says in words, as JSON; null while it says nothing.
alter table brand add column voice text;
