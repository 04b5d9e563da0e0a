-- How far planning has gone through the cases, so that it goes on there after it
-- was stopped.

-- +goose Up

CREATE TABLE planning (
    id         INTEGER PRIMARY KEY, -- 1
    planned_to TEXT NOT NULL -- the reference of the last case that had its turn
);
