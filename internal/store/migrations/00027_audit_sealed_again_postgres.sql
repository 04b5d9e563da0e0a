-- The reason in an entry of the audit may be sealed again when the secret is
-- replaced, and be taken out when its person is erased: the seals of the audit
-- hold after both, and show any other change.

-- +goose Up

DROP TRIGGER audit_only_added ON audit;
CREATE TRIGGER audit_only_added BEFORE UPDATE OF id, at, staff, action, case_reference, person, conversation, object OR DELETE OR TRUNCATE
    ON audit FOR EACH STATEMENT EXECUTE FUNCTION only_added();
