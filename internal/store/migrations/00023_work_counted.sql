-- The figures above a page of work are counted from this index alone: a team's
-- queue may hold thousands.

-- +goose Up

CREATE INDEX work_items_counted ON work_items (team, state, urgent, due, act_at) WHERE state <> 'done';
