-- The payment plans that were made, each with what it was worked out from, so
-- that the next can say what has changed.

-- +goose Up

CREATE TABLE plans (
    case_reference TEXT NOT NULL,
    number         INTEGER NOT NULL, -- 0 begins each case, and is no plan
    made           BIGINT NOT NULL,
    sealed         BYTEA NOT NULL, -- gateway.PaymentPlan as JSON
    PRIMARY KEY (case_reference, number)
);
