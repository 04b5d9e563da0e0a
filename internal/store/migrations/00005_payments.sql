-- What was received on each case, as the payment provider tells it.

-- +goose Up

CREATE TABLE payments (
    id             TEXT PRIMARY KEY, -- the provider's reference
    case_reference TEXT NOT NULL,
    received       BIGINT NOT NULL,
    sealed         BYTEA NOT NULL -- directory.Payment as JSON
);
CREATE INDEX payments_case ON payments (case_reference, received);
