"""100,000 deals for one vendor: copies of the demo's, with ids, numbers, customers and match keys of their own."""

import os
import sqlite3
import subprocess
from pathlib import Path

# Which deal is copied how often: all of the demo's in turn, so that partners and statuses keep their shares.
COPIES = """
create temporary table copy as
with recursive counted (n) as (select 1 union all select n + 1 from counted where n < {rows}),
    source as (select id, row_number() over (order by id) - 1 as place, count(*) over () as places from deal)
select counted.n as n, source.id as source, {near} as id
from counted join source on source.place = counted.n % source.places
"""

FILL = """
insert into deal (id, vendor_id, brand_id, program_id, partner_id, number, status, state, claim,
       customer_name, country, products, value_minor, currency, value_kind, expected_close,
       search, priority_at, priority_seq, answer_due, expires_at, needs_partner, needs_vendor,
       rounds, extensions, rules_version, rules, created_by, created_by_name, created_at, updated_at, version,
       qualified_at, contribution)
select copy.id, vendor_id, brand_id, program_id, partner_id, 'DR-' || (10000000 + n), status, state, claim,
       customer_name || ' ' || n, country, products, value_minor + n, currency, value_kind, expected_close,
       search || ' ' || n, priority_at, priority_seq, answer_due, expires_at, needs_partner, needs_vendor,
       rounds, extensions, rules_version, rules, created_by, created_by_name, created_at, updated_at, version,
       qualified_at, contribution
from copy join deal on deal.id = copy.source;
insert into match_key (vendor_id, key, kind, record_id)
select vendor_id, key || n, kind, copy.id from copy join match_key on record_id = copy.source and kind = 'deal';
update deal_tally set total = (
    select count(*) from deal
    where (vendor_id = scope_id or partner_id = scope_id) and deal.program_id = deal_tally.program_id
      and deal.status = deal_tally.status);
analyze;
"""


def sqlite(file: Path, rows: int) -> None:
    """Fills the embedded database; nobody may have it open."""
    with sqlite3.connect(file) as db:
        # The time at the front of an id stays, so that copies lie beside what they copy.
        db.create_function("near", 1, lambda id: id[:6] + os.urandom(10))
        db.execute(COPIES.format(rows=rows, near="near(source.id)"))
        for statement in FILL.split(";"):
            db.execute(statement)
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()


def postgres(url: str, rows: int) -> None:
    """Fills the database at the URL."""
    near = "(substr(source.id::text, 1, 14) || substr(gen_random_uuid()::text, 15))::uuid"
    script = COPIES.format(rows=rows, near=near) + ";" + FILL
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-1", url], input=script.encode(), check=True)


def deals(file: Path) -> list[tuple]:
    """What a list shows of each deal, for the peer's collection."""
    shown = """
        select number, status, customer_name, country, products, value_minor, currency, hex(partner_id),
               hex(program_id), priority_at, expires_at, created_by_name, created_at
        from deal order by id"""
    with sqlite3.connect(file) as db:
        return db.execute(shown).fetchall()
