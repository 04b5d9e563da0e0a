-- Payments that were begun by card, until it is known what became of them.

-- +goose Up

CREATE TABLE charges (
    id      TEXT PRIMARY KEY, -- the payment provider's
    visit   TEXT NOT NULL,
    state   TEXT NOT NULL,
    started BIGINT NOT NULL,
    sealed  BYTEA NOT NULL -- gateway.Charge as JSON
);
CREATE INDEX charges_visit ON charges (visit, started);
CREATE INDEX charges_going ON charges (started) WHERE state = 'going';
