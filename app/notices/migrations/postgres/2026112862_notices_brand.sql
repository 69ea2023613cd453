-- A person's messages of all organisations in one inbox: each knows its program and brand.
alter table notice add column program_id uuid;
alter table notice add column brand_id uuid;
update notice set program_id = (select e.program_id from event e where e.id = notice.event_id);
update notice set brand_id = (select p.brand_id from program p where p.id = notice.program_id);
drop index notice_inbox;
drop index notice_unread;
create index notice_person on notice (user_id, id);
create index notice_brand on notice (user_id, brand_id, id);
create index notice_open on notice (user_id, brand_id, id) where read_at is null;
