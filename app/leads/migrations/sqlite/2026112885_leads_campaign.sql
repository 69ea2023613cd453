-- Leads that a partner's own campaign brought: which one, by which sending of its form, and of whom.
alter table lead add column campaign_id blob;
alter table lead add column submission text;
alter table lead add column person_key text;
create unique index lead_submission on lead (campaign_id, submission) where submission is not null;
create index lead_person on lead (person_key, partner_id) where person_key is not null;
