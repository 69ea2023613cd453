-- When a version comes into force, why it was published, and the draft of the next one.
alter table program_version add column in_force_at integer;
alter table program_version add column withdrawn_at integer;
alter table program_version add column note text not null default '';
alter table program_version add column same_as integer;

create table rules_draft (
    program_id blob not null primary key references program (id),
    based_on integer not null,
    engagement text not null,
    changed_at integer not null,
    changed_by blob references person (id),
    version integer not null
) strict;
