-- What staff write down about cases, and files by who sent them.

-- +goose Up

CREATE TABLE case_notes (
    id             TEXT PRIMARY KEY,
    case_reference TEXT NOT NULL,
    person         TEXT NOT NULL, -- whom it is about; '': the case
    staff          TEXT NOT NULL,
    at             BIGINT NOT NULL,
    sealed         BYTEA NOT NULL -- the text
);
CREATE INDEX case_notes_case ON case_notes (case_reference, id);

CREATE INDEX files_person ON files (person, id) WHERE person <> '';
