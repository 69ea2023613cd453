-- Whose opportunities an import changed, so that these partners are told at its end.
create table import_partner (
    import_id blob not null references import (id),
    partner_id blob not null references organization (id),
    changed integer not null,
    primary key (import_id, partner_id)
) strict;
