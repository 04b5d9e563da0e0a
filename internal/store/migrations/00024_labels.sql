-- What staff say that messages were about, where they were read otherwise.

-- +goose Up

CREATE TABLE labels (
    id      TEXT PRIMARY KEY,
    message TEXT NOT NULL,
    staff   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    sealed  BYTEA NOT NULL -- the intents, the kind of danger and the language
);
CREATE INDEX labels_message ON labels (message, id);
