-- Members of staff who talk to people: in conversations instead of the dialog,
-- and in messages that they wrote.

-- +goose Up

ALTER TABLE conversations ADD COLUMN keeper TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN staff TEXT NOT NULL DEFAULT '';

-- Calls back by which a member of staff knows who somebody is.
CREATE TABLE checks (
    id     TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    staff  TEXT NOT NULL,
    at     BIGINT NOT NULL,
    sealed BYTEA NOT NULL -- the number that was called
);
CREATE INDEX checks_person ON checks (person, at);
