-- Nothing: SQLite seeks each metric's days in the primary key, and has no use for the index that PostgreSQL gets here.
select 1;
