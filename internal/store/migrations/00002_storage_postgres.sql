-- How PostgreSQL keeps the tables that are updated most: room on each page for
-- new versions of its rows, so that an update touches no index (heap-only
-- tuples, https://www.postgresql.org/docs/15/storage-hot.html), and a vacuum
-- before the outbox is more dead rows than live ones.

-- +goose Up

ALTER TABLE conversations SET (fillfactor = 60);
ALTER TABLE messages SET (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
ALTER TABLE flights SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
