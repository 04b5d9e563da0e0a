-- The service's figures, by day in London: counts, made again from what they
-- count until that changes no more. They name nobody.

-- +goose Up

CREATE TABLE figures (
    day     TEXT NOT NULL, -- 2026-11-23
    measure TEXT NOT NULL,
    of_what TEXT NOT NULL,
    how     TEXT NOT NULL,
    counted BIGINT NOT NULL,
    PRIMARY KEY (day, measure, of_what, how)
);

CREATE TABLE figure_days (
    day TEXT PRIMARY KEY,
    at  BIGINT NOT NULL -- when it was last counted
);

CREATE INDEX messages_created ON messages (created);
CREATE INDEX conversations_created ON conversations (created, id);
CREATE INDEX work_items_closed ON work_items (closed) WHERE closed > 0;
CREATE INDEX work_notes_accepted ON work_notes (at) WHERE what = 'accepted';
