-- Messages of which nobody knows whether they left, and an outbox that each
-- channel empties at its own pace.

-- +goose Up

-- One that was sent once more stays, so that it is not sent a third time.
CREATE TABLE losses (
    message TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,  -- when it was lost
    looks   INTEGER NOT NULL, -- how often the provider was asked, in vain
    look_at BIGINT NOT NULL,  -- when to ask next; 0: no more
    resent  BOOLEAN NOT NULL
);
CREATE INDEX losses_due ON losses (look_at) WHERE look_at > 0;

DROP INDEX messages_outbox;
CREATE INDEX messages_outbox ON messages (channel, priority, not_before, id) WHERE waiting;
