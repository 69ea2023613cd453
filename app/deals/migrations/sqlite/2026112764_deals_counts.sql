-- The numbers beside the navigation are counted in the indexes alone, whichever program is looked at.
drop index deal_queue;
create index deal_queue on deal (vendor_id, answer_due, id, program_id) where needs_vendor = 1;
drop index deal_partner_queue;
create index deal_partner_queue on deal (partner_id, answer_due, id, program_id) where needs_vendor = 1;
drop index deal_todo;
create index deal_todo on deal (partner_id, id, program_id) where needs_partner = 1;
drop index deal_vendor_expiry;
create index deal_vendor_expiry on deal (vendor_id, expires_at, id, status, program_id) where expires_at is not null;
drop index deal_partner_expiry;
create index deal_partner_expiry on deal (partner_id, expires_at, id, status, program_id) where expires_at is not null;
