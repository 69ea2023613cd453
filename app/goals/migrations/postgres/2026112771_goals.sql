-- What is to be reached within a period, by a program, a territory or a partner.
create table goal (
    id uuid not null primary key,
    vendor_id uuid not null references organization (id),
    program_id uuid not null references program (id),
    partner_id uuid references organization (id),
    territory text,
    scope text not null,
    metric text not null check (metric in ('won_value', 'won_count', 'registrations')),
    target bigint not null,
    from_on text not null,
    until_on text not null,
    status text not null check (status in ('set', 'proposed', 'agreed', 'declined', 'dropped')),
    note text not null,
    answer text,
    parent_id uuid references goal (id),
    standing text not null,
    created_by_name text not null,
    created_at bigint not null,
    version bigint not null
);
create unique index goal_once on goal (program_id, scope, metric, from_on, until_on) where status <> 'dropped';
create index goal_vendor on goal (vendor_id, until_on, id);
create index goal_partner on goal (partner_id, until_on, id) where partner_id is not null;
create index goal_parent on goal (parent_id) where parent_id is not null;
