-- What is to be reached within a period, by a program, a territory or a partner.
create table goal (
    id blob not null primary key,
    vendor_id blob not null references organization (id),
    program_id blob not null references program (id),
    partner_id blob references organization (id),
    territory text,
    scope text not null,
    metric text not null check (metric in ('won_value', 'won_count', 'registrations')),
    target integer not null,
    from_on text not null,
    until_on text not null,
    status text not null check (status in ('set', 'proposed', 'agreed', 'declined', 'dropped')),
    note text not null,
    answer text,
    parent_id blob references goal (id),
    standing text not null,
    created_by_name text not null,
    created_at integer not null,
    version integer not null
) strict;
create unique index goal_once on goal (program_id, scope, metric, from_on, until_on) where status <> 'dropped';
create index goal_vendor on goal (vendor_id, until_on, id);
create index goal_partner on goal (partner_id, until_on, id) where partner_id is not null;
create index goal_parent on goal (parent_id) where parent_id is not null;
