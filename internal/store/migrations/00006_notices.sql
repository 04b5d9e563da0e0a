-- Notices: what is sent of ourselves, each once; what ends the need for them;
-- and sendings to many.

-- +goose Up

ALTER TABLE messages ADD COLUMN notice TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN occasion TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN notice_group TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN campaign TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN statutory BOOLEAN NOT NULL DEFAULT FALSE;

-- Each notice once for its person, case and occasion.
CREATE UNIQUE INDEX messages_notice ON messages (person, notice, occasion, case_reference) WHERE notice <> '';
CREATE INDEX messages_group ON messages (case_reference, notice_group) WHERE waiting AND notice_group <> '';
CREATE INDEX messages_campaign ON messages (campaign) WHERE campaign <> '';

-- What notices of a case wait for, as "due 2026-12-15", and when it last ended
-- the need for them: 0 for not yet. Planning and ending write the same row, so
-- that one waits for the other.
CREATE TABLE notice_groups (
    case_reference TEXT NOT NULL,
    name           TEXT NOT NULL,
    ended          BIGINT NOT NULL,
    PRIMARY KEY (case_reference, name)
);

CREATE TABLE campaigns (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    started_by TEXT NOT NULL,
    state      TEXT NOT NULL,
    created    BIGINT NOT NULL
);
CREATE INDEX campaigns_created ON campaigns (created);
