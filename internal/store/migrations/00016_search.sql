-- What caseworkers look for: a person's messages over all conversations, and
-- words. A token is a keyed hash of a word, so that the index tells nothing to
-- who has no key; what automatic messages say is not in it.

-- +goose Up

CREATE INDEX messages_of_person ON messages (person, id) WHERE person <> '';
CREATE INDEX conversations_person ON conversations (person, id) WHERE person <> '';

CREATE TABLE message_words (
    token   BIGINT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (token, message)
);

CREATE TABLE person_words (
    token  BIGINT NOT NULL, -- of a name
    person TEXT NOT NULL,
    PRIMARY KEY (token, person)
);
CREATE INDEX person_words_person ON person_words (person);
