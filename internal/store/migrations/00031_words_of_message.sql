-- The words of a message go with it. By their primary key, which begins with the
-- word, they could only be looked for among all words there are.

-- +goose Up

CREATE INDEX message_words_message ON message_words (message);
