-- From which event on a program's days were counted in which time zone, so that counting anew gives the same days.
create table rollup_zone (
    program_id uuid not null,
    seq bigint not null,
    time_zone text not null,
    primary key (program_id, seq)
);
