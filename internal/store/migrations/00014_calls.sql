-- Telephone calls. A call is a visit by telephone: what is said in it, and who
-- it is with, is the visit's.

-- +goose Up

ALTER TABLE visits ADD COLUMN channel TEXT NOT NULL DEFAULT ''; -- empty: web chat

CREATE TABLE calls (
    id        TEXT PRIMARY KEY, -- the visit's
    version   INTEGER NOT NULL, -- the compare-and-set
    state     TEXT NOT NULL,
    team      TEXT NOT NULL,    -- that it waits for, or was answered by
    queued    BIGINT NOT NULL,
    answered  BIGINT NOT NULL,
    seen      BIGINT NOT NULL,  -- when the caller was last there
    recording BIGINT NOT NULL,  -- when to fetch their voicemail; 0: there is none to fetch
    sealed    BYTEA NOT NULL    -- gateway.Call as JSON
);
CREATE INDEX calls_waiting ON calls (team, queued) WHERE state = 'waiting';
CREATE INDEX calls_answered ON calls (team, answered) WHERE answered > 0;
CREATE INDEX calls_going ON calls (seen) WHERE state <> 'ended';
CREATE INDEX calls_recording ON calls (recording) WHERE recording > 0;

-- Callers key in the reference that they know their case by.
CREATE INDEX parties_reference ON parties (reference);
