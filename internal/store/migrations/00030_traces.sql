-- Where an outgoing message came from, as W3C's traceparent, so that what is
-- done with it later can be seen beside that.

-- +goose Up

ALTER TABLE messages ADD COLUMN trace TEXT NOT NULL DEFAULT ''; -- '': it is not followed
