-- A dashboard reads all metrics of some days at once. PostgreSQL keeps one plan for all who ask, and that plan seeks by
-- what stands before the metric alone: 1,800 pages by the primary key, 600 by this.
create index figure_days on figure (whose, grain, at);
