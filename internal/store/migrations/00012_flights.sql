-- What one claim took is read by its number alone: a claim must not cost more
-- the more was in flight lately.

-- +goose Up

CREATE INDEX flights_batch ON flights (holder, batch);
