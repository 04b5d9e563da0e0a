-- The system of record, in words that SQLite and PostgreSQL both take.
--
-- Times are UTC microseconds since 1970, 0 for none. Ids are text that the
-- gateway made. A column named sealed or …_sealed is encrypted, see codec.go;
-- a column named address is a keyed hash, by which an address can be found but
-- not read.

-- +goose Up

-- One sealed word, by which another secret than the database's is noticed
-- before everybody is a stranger.
CREATE TABLE seals (
    id     INTEGER PRIMARY KEY,
    sealed BYTEA NOT NULL
);

-- Who is who. -----------------------------------------------------------------

CREATE TABLE people (
    id       TEXT PRIMARY KEY,
    pin_hash TEXT NOT NULL,
    sealed   BYTEA NOT NULL -- directory.Person as JSON, without the PIN
);

CREATE TABLE cases (
    reference TEXT PRIMARY KEY,
    team      TEXT NOT NULL,
    nation    TEXT NOT NULL,
    updated   BIGINT NOT NULL,
    sealed    BYTEA NOT NULL -- directory.Case as JSON, its people by id alone
);

CREATE TABLE parties (
    case_reference  TEXT NOT NULL,
    person          TEXT NOT NULL,
    reference       TEXT NOT NULL, -- by which this person knows the case
    role            TEXT NOT NULL,
    children_sealed BYTEA NOT NULL, -- names of this person's children on the case
    PRIMARY KEY (case_reference, person)
);
CREATE INDEX parties_person ON parties (person);

CREATE TABLE addresses (
    person    TEXT NOT NULL,
    channel   TEXT NOT NULL,
    address   TEXT NOT NULL,
    since     BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    signalled BOOLEAN NOT NULL,
    PRIMARY KEY (person, channel)
);
CREATE INDEX addresses_address ON addresses (address);

CREATE TABLE suspensions (
    address TEXT PRIMARY KEY,
    at      BIGINT NOT NULL
);

-- Every STOP and START with its source; the latest of an address stands.
CREATE TABLE opt_outs (
    address   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    opted_out BOOLEAN NOT NULL,
    source    TEXT NOT NULL,
    PRIMARY KEY (address, at)
);

CREATE TABLE holds (
    id             TEXT PRIMARY KEY,
    person         TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    kind           TEXT NOT NULL,
    at             BIGINT NOT NULL,
    released       BIGINT NOT NULL DEFAULT 0,
    released_by    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX holds_person ON holds (person) WHERE released = 0;
CREATE INDEX holds_case ON holds (case_reference) WHERE released = 0;

-- Conversations. --------------------------------------------------------------

CREATE TABLE conversations (
    id             TEXT PRIMARY KEY,
    person         TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    dialog         TEXT NOT NULL,
    version        TEXT NOT NULL,
    channel        TEXT NOT NULL,
    address_sealed BYTEA NOT NULL,
    phase          TEXT NOT NULL,
    turn           INTEGER NOT NULL,
    by_us          BOOLEAN NOT NULL,
    nudges         INTEGER NOT NULL,
    outcome        TEXT NOT NULL,
    created        BIGINT NOT NULL,
    last_said      BIGINT NOT NULL,
    state_sealed   BYTEA NOT NULL
);
CREATE UNIQUE INDEX conversations_open ON conversations (person) WHERE phase = 'open' AND person <> '';
CREATE INDEX conversations_queued ON conversations (person, created) WHERE phase = 'queued';

-- The compare-and-set: there is one turn of each number in a conversation.
CREATE TABLE turns (
    conversation TEXT NOT NULL,
    number       INTEGER NOT NULL,
    at           BIGINT NOT NULL,
    sealed       BYTEA NOT NULL,
    PRIMARY KEY (conversation, number)
);

-- What can be taken once: an inbound message by its channel and the provider's
-- id, and a kept message by 'finish' and its id. It outlives the messages.
CREATE TABLE taken (
    scope TEXT NOT NULL,
    name  TEXT NOT NULL,
    at    BIGINT NOT NULL,
    PRIMARY KEY (scope, name)
);

CREATE TABLE dialog_versions (
    version TEXT PRIMARY KEY,
    dialog  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    source  BYTEA NOT NULL
);

-- Messages, in and out. -------------------------------------------------------

CREATE TABLE messages (
    id             TEXT PRIMARY KEY,
    outgoing       BOOLEAN NOT NULL,
    waiting        BOOLEAN NOT NULL, -- in the outbox: neither handed over nor given up
    rank           INTEGER NOT NULL, -- of the status, see gateway.Status
    priority       INTEGER NOT NULL,
    turn           INTEGER NOT NULL,
    segments       INTEGER NOT NULL,
    media          INTEGER NOT NULL,
    private        BOOLEAN NOT NULL,
    answered       BOOLEAN NOT NULL, -- by the carrier itself
    not_before     BIGINT NOT NULL,
    send_by        BIGINT NOT NULL,
    created        BIGINT NOT NULL,
    settled        BIGINT NOT NULL, -- when the status came
    conversation   TEXT NOT NULL,
    person         TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    channel        TEXT NOT NULL,
    address        TEXT NOT NULL, -- the person's
    language       TEXT NOT NULL,
    subject        TEXT NOT NULL,
    kind           TEXT NOT NULL, -- what was done with an inbound message
    keyword        TEXT NOT NULL,
    status         TEXT NOT NULL,
    provider_id    TEXT NOT NULL,
    code           TEXT NOT NULL,
    reasons        TEXT NOT NULL, -- a JSON array, or nothing
    sealed         BYTEA NOT NULL -- the person's address, ours and the text
);
CREATE INDEX messages_conversation ON messages (conversation, id) WHERE conversation <> '';
CREATE INDEX messages_outbox ON messages (priority, not_before, id) WHERE waiting;
CREATE INDEX messages_lane ON messages ((COALESCE(NULLIF(person, ''), address) || '/' || channel)) WHERE waiting;
CREATE INDEX messages_provider ON messages (provider_id) WHERE outgoing AND provider_id <> '';

-- Messages that a node has claimed. A lane is a person, or an address that
-- identifies nobody, on one channel: one message at a time is in flight in it.
CREATE TABLE flights (
    lane        TEXT PRIMARY KEY,
    message     TEXT NOT NULL UNIQUE,
    holder      TEXT NOT NULL, -- the store that claimed it
    batch       BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    sending     BOOLEAN NOT NULL -- the request may have left
);

-- For people and for the API. -------------------------------------------------

CREATE TABLE reports (
    id             TEXT PRIMARY KEY,
    key            TEXT NOT NULL UNIQUE,
    case_reference TEXT NOT NULL,
    person         TEXT NOT NULL,
    conversation   TEXT NOT NULL,
    dialog         TEXT NOT NULL,
    kind           TEXT NOT NULL,
    reference      TEXT NOT NULL,
    due            BIGINT NOT NULL,
    created        BIGINT NOT NULL,
    sealed         BYTEA NOT NULL -- answers and results
);
CREATE INDEX reports_case ON reports (case_reference);

CREATE TABLE work_items (
    id             TEXT PRIMARY KEY,
    key            TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL,
    case_reference TEXT NOT NULL,
    person         TEXT NOT NULL,
    conversation   TEXT NOT NULL,
    message        TEXT NOT NULL,
    team           TEXT NOT NULL,
    urgent         BOOLEAN NOT NULL,
    due            BIGINT NOT NULL,
    detail         TEXT NOT NULL,
    created        BIGINT NOT NULL
);
CREATE INDEX work_items_team ON work_items (team, due);

CREATE TABLE idempotency (
    key       TEXT PRIMARY KEY,
    body_hash TEXT NOT NULL,
    at        BIGINT NOT NULL,
    sealed    BYTEA NOT NULL -- the answer
);
