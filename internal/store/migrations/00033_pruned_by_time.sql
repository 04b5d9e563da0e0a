-- What is kept for a set time is found by its time, and not by going through all
-- there is. People whom we do not know have few messages of all.

-- +goose Up

CREATE INDEX messages_unknown ON messages (created) WHERE person = '';
CREATE INDEX reports_created ON reports (created);
CREATE INDEX taken_at ON taken (at);
CREATE INDEX payments_received ON payments (received);
CREATE INDEX plans_made ON plans (made);
CREATE INDEX webhook_deliveries_at ON webhook_deliveries (at);
