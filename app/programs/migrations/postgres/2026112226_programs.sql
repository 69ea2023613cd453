-- When a version comes into force, why it was published, and the draft of the next one.
alter table program_version add column in_force_at bigint;
alter table program_version add column withdrawn_at bigint;
alter table program_version add column note text not null default '';
alter table program_version add column same_as bigint;

create table rules_draft (
    program_id uuid not null primary key references program (id),
    based_on bigint not null,
    engagement text not null,
    changed_at bigint not null,
    changed_by uuid references person (id),
    version bigint not null
);
