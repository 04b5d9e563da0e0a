-- Addresses that were replaced, for the planner of notices.

-- +goose Up

-- Whose phone number, email or postal address is another than it was.
CREATE TABLE contact_changes (
    person  TEXT NOT NULL,
    channel TEXT NOT NULL,
    at      BIGINT NOT NULL,
    lost    BOOLEAN NOT NULL, -- the carrier had said that it is gone
    was     BYTEA NOT NULL,   -- people.sealed as it was
    PRIMARY KEY (person, channel, at)
);
CREATE INDEX contact_changes_at ON contact_changes (at);

-- A keyed hash of the postal address; empty: not known, or none.
ALTER TABLE people ADD COLUMN post TEXT NOT NULL DEFAULT '';
