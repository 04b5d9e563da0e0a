-- Where work is: in whose queue, whose it is, and when it is next looked at;
-- what happened to it; who is there to take it; and who may see what.

-- +goose Up

ALTER TABLE work_items ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE work_items ADD COLUMN owner TEXT NOT NULL DEFAULT '';  -- the team that answers for it; '': it was never routed
ALTER TABLE work_items ADD COLUMN home TEXT NOT NULL DEFAULT '';   -- whose ladder it climbs
ALTER TABLE work_items ADD COLUMN line TEXT NOT NULL DEFAULT '';   -- in which it waits: a team and what it needs, or one member of staff
ALTER TABLE work_items ADD COLUMN holder TEXT NOT NULL DEFAULT ''; -- whom it is offered to, or who holds or closed it
ALTER TABLE work_items ADD COLUMN reserved TEXT NOT NULL DEFAULT '';
ALTER TABLE work_items ADD COLUMN needs TEXT NOT NULL DEFAULT '';
ALTER TABLE work_items ADD COLUMN passed TEXT NOT NULL DEFAULT '';
ALTER TABLE work_items ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work_items ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work_items ADD COLUMN answer BIGINT NOT NULL DEFAULT 0;
ALTER TABLE work_items ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE work_items ADD COLUMN goes_on BIGINT NOT NULL DEFAULT 0; -- when it leaves this place of itself
ALTER TABLE work_items ADD COLUMN warned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE work_items ADD COLUMN missed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE work_items ADD COLUMN explained BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE work_items ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE work_items ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE work_items ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work_items ADD COLUMN act_at BIGINT NOT NULL DEFAULT 0; -- when it is next looked at; 0 or less: at once

DROP INDEX work_items_team;
CREATE INDEX work_items_acts ON work_items (act_at) WHERE state <> 'done';
CREATE INDEX work_items_line ON work_items (line, priority, due, id) WHERE state = 'waiting';
CREATE INDEX work_items_queue ON work_items (team, priority, due, id) WHERE state <> 'done';
CREATE INDEX work_items_holder ON work_items (holder, priority, due, id) WHERE state IN ('offered', 'held');
CREATE INDEX work_items_case ON work_items (case_reference, id);
CREATE INDEX work_items_person ON work_items (person, id);

-- The history of each, one row for each version: the compare-and-set.
CREATE TABLE work_notes (
    task    TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      BIGINT NOT NULL,
    staff   TEXT NOT NULL, -- '': the gateway itself
    what    TEXT NOT NULL,
    target  TEXT NOT NULL, -- a team or a member of staff
    sealed  BYTEA NOT NULL, -- the note
    PRIMARY KEY (task, version)
);

CREATE TABLE presence (
    staff        TEXT PRIMARY KEY,
    state        TEXT NOT NULL,
    heard        BIGINT NOT NULL,
    absent_until BIGINT NOT NULL DEFAULT 0,
    cover        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX presence_there ON presence (state) WHERE state <> 'away';
CREATE INDEX presence_absent ON presence (absent_until) WHERE absent_until > 0;

-- Whom staff know: those cases are not shown to them.
CREATE TABLE acquaintances (
    staff  TEXT NOT NULL,
    person TEXT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (staff, person)
);
CREATE INDEX acquaintances_person ON acquaintances (person);

-- Why staff opened a case that is not theirs.
CREATE TABLE openings (
    staff          TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    at             BIGINT NOT NULL,
    sealed         BYTEA NOT NULL, -- the reason
    PRIMARY KEY (staff, case_reference, at)
);

-- Who may act for whom.
CREATE TABLE authorities (
    id     TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    at     BIGINT NOT NULL,
    sealed BYTEA NOT NULL -- gateway.Authority as JSON
);
CREATE INDEX authorities_person ON authorities (person, at);

ALTER TABLE holds ADD COLUMN escalated BIGINT NOT NULL DEFAULT 0;
CREATE INDEX holds_unreleased ON holds (at) WHERE released = 0 AND escalated = 0;
