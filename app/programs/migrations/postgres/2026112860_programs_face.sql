-- Number of the published theme that a brand wears; 0 while it wears its hue alone. A page asks for a style by it.
alter table brand add column face bigint not null default 0;
