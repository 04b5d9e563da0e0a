-- What was sent to a person, for the safety gate and for whoever asks why.

-- +goose Up

CREATE INDEX messages_person ON messages (person, created) WHERE person <> '' AND outgoing;
