-- What staff saw and did. Rows are only ever added; each seal covers a span of
-- time, and holds a keyed hash of its entries and of the seal before it.

-- +goose Up

CREATE TABLE audit (
    id             TEXT PRIMARY KEY,
    at             BIGINT NOT NULL,
    staff          TEXT NOT NULL,
    action         TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    person         TEXT NOT NULL,
    conversation   TEXT NOT NULL,
    object         TEXT NOT NULL,
    sealed         BYTEA NOT NULL -- the reason
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_staff ON audit (staff, id);
CREATE INDEX audit_case ON audit (case_reference, id) WHERE case_reference <> '';
CREATE INDEX audit_person ON audit (person, id) WHERE person <> '';

CREATE TABLE audit_seals (
    number  BIGINT PRIMARY KEY,
    from_at BIGINT NOT NULL,
    to_at   BIGINT NOT NULL, -- not included
    entries BIGINT NOT NULL,
    hash    TEXT NOT NULL
);
