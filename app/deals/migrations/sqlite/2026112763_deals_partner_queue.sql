-- A partner's deals that wait for the vendor, counted on each of its pages without going through all of its deals.
create index deal_partner_queue on deal (partner_id, answer_due, id) where needs_vendor = 1;
