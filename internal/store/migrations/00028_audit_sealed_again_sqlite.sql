-- The reason in an entry of the audit may be sealed again when the secret is
-- replaced, and be taken out when its person is erased: the seals of the audit
-- hold after both, and show any other change.

-- +goose Up

DROP TRIGGER audit_no_update;
-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE OF id, at, staff, action, case_reference, person, conversation, object ON audit BEGIN
    SELECT RAISE(ABORT, 'rows of audit are only ever added');
END;
-- +goose StatementEnd
