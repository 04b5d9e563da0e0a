-- Web chat and what people send with their messages. A visit's secret and a
-- link are keyed hashes, like addresses: what opens a visit is not kept.

-- +goose Up

CREATE TABLE visits (
    id           TEXT PRIMARY KEY,
    secret       TEXT NOT NULL UNIQUE,
    link         TEXT UNIQUE, -- that began it, which begins no other; null when none did
    person       TEXT NOT NULL,
    conversation TEXT NOT NULL,
    level        INTEGER NOT NULL, -- directory.Identity
    language     TEXT NOT NULL,
    began        BIGINT NOT NULL,
    seen         BIGINT NOT NULL,
    ended        BIGINT NOT NULL
);

CREATE TABLE links (
    link         TEXT PRIMARY KEY,
    address      TEXT NOT NULL, -- that it is sent to
    person       TEXT NOT NULL,
    conversation TEXT NOT NULL,
    until        BIGINT NOT NULL
);

-- What a visit shows, until it ends.
CREATE TABLE entries (
    visit    TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    message  TEXT NOT NULL,
    by_us    BOOLEAN NOT NULL,
    private  BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    at       BIGINT NOT NULL,
    sealed   BYTEA NOT NULL, -- the text, and what it asks for as JSON
    PRIMARY KEY (visit, sequence),
    UNIQUE (visit, message)
);

CREATE TABLE files (
    id           TEXT PRIMARY KEY,
    person       TEXT NOT NULL,
    conversation TEXT NOT NULL,
    channel      TEXT NOT NULL,
    address      TEXT NOT NULL, -- that it came from
    type         TEXT NOT NULL,
    size         BIGINT NOT NULL,
    scanned      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    sealed       BYTEA NOT NULL -- the address, the name that its sender gave it, and its digest
);

-- The visit of a visitor whom nobody knows, and who asked us to begin.
ALTER TABLE conversations ADD COLUMN visit TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN started_by TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX conversations_visit_open ON conversations (visit) WHERE phase = 'open' AND visit <> '';
CREATE INDEX conversations_visit_queued ON conversations (visit, created) WHERE phase = 'queued' AND visit <> '';

-- The language that somebody has asked for; empty: that of their record.
ALTER TABLE people ADD COLUMN language TEXT NOT NULL DEFAULT '';
