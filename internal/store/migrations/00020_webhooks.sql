-- Events on their way to other systems, and the endpoints that want no more.

-- +goose Up

CREATE TABLE webhook_deliveries (
    id             TEXT NOT NULL, -- the event's; sorts by time
    endpoint       TEXT NOT NULL,
    type           TEXT NOT NULL,
    at             BIGINT NOT NULL,
    subject        TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    person         TEXT NOT NULL,
    conversation   TEXT NOT NULL,
    state          TEXT NOT NULL,
    tries          INTEGER NOT NULL,
    next           BIGINT NOT NULL, -- when it may be claimed
    tried          BIGINT NOT NULL,
    status         INTEGER NOT NULL,
    failure        TEXT NOT NULL,
    PRIMARY KEY (id, endpoint)
);
CREATE INDEX webhook_deliveries_next ON webhook_deliveries (endpoint, next) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_state ON webhook_deliveries (state, id);
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint, id);

CREATE TABLE webhook_disabled (
    endpoint TEXT PRIMARY KEY,
    at       BIGINT NOT NULL -- when it answered 410
);
