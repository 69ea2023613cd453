-- Whose opportunities an import changed, so that these partners are told at its end.
create table import_partner (
    import_id uuid not null references import (id),
    partner_id uuid not null references organization (id),
    changed bigint not null,
    primary key (import_id, partner_id)
);
